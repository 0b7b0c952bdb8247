package org.longspan.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The version of the code that makes tables: a fingerprint of Longspan's own compiled classes, from
 * class folders and jars alike, and of the versions of the libraries that results depend on.
 *
 * <p>It covers all stages together: which classes a stage reaches can't be told from outside (a
 * registry, a service loader), and a stage that ran too often costs less than a stale table. Left
 * out are the packages that make no table.
 */
final class CodeVersion {
  private static final String ROOT = "org/longspan/";
  private static final List<String> MAKE_NO_TABLE =
      List.of(ROOT + "cli/", ROOT + "conf/", ROOT + "report/", ROOT + "run/");

  private CodeVersion() {}

  /** Computed once a process: some milliseconds. */
  static String current() {
    return Current.VALUE;
  }

  /** The version of the classes that a loader finds. */
  static String of(ClassLoader loader) {
    SortedMap<String, String> parts = new TreeMap<>();
    Versions.ofBuild().forEach((library, version) -> parts.put("version " + library, version));
    int libraries = parts.size();
    try {
      Enumeration<URL> places = loader.getResources(ROOT);
      while (places.hasMoreElements()) {
        addClasses(places.nextElement(), parts);
      }
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("Longspan's own classes can't be read.", e);
    }

    if (parts.size() == libraries) {
      throw new IllegalStateException(
          "Longspan's own classes were not found at "
              + CodeVersion.class.getProtectionDomain().getCodeSource().getLocation()
              + "; a jar needs its folder entries, as Maven writes them.");
    }

    return Fingerprint.of(parts);
  }

  private static void addClasses(URL place, SortedMap<String, String> parts)
      throws IOException, URISyntaxException {
    if (place.openConnection() instanceof JarURLConnection jar) {
      jar.setUseCaches(false);
      try (JarFile file = jar.getJarFile()) {
        file.stream()
            .filter(entry -> makesTables(entry.getName()))
            .forEach(entry -> parts.put(entry.getName(), sum(entry.getCrc(), entry.getSize())));
      }
    } else if (place.getProtocol().equals("file")) {
      Path folder = Path.of(place.toURI());
      try (Stream<Path> files = Files.walk(folder)) {
        files
            .filter(Files::isRegularFile)
            .forEach(
                file -> {
                  String name = ROOT + folder.relativize(file).toString().replace('\\', '/');
                  if (makesTables(name)) {
                    parts.put(name, sum(file));
                  }
                });
      }
    }
  }

  private static boolean makesTables(String name) {
    return name.startsWith(ROOT)
        && name.endsWith(".class")
        && MAKE_NO_TABLE.stream().noneMatch(name::startsWith);
  }

  private static String sum(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      CRC32 crc = new CRC32();
      crc.update(bytes);
      return sum(crc.getValue(), bytes.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a jar's directory already knows, so that a jar of gigabytes is not read. */
  private static String sum(long crc, long length) {
    return Long.toHexString(crc) + " " + length;
  }

  private static final class Current {
    static final String VALUE = of(CodeVersion.class.getClassLoader());
  }
}
