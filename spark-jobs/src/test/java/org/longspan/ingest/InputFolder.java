package org.longspan.ingest;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Small real input files for tests. */
public final class InputFolder {
  private final Path folder;

  public InputFolder(Path folder) {
    this.folder = folder;
  }

  /** The path of a file or glob of the folder. */
  public String path(String name) {
    return folder + "/" + name;
  }

  public InputFolder file(String name, String content) {
    return file(name, content.getBytes(StandardCharsets.UTF_8));
  }

  public InputFolder file(String name, byte[] content) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public InputFolder gzip(String name, String... members) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (String member : members) {
      all.writeBytes(gzipped(member.getBytes(StandardCharsets.UTF_8)));
    }

    return file(name, all.toByteArray());
  }

  public InputFolder zstd(String name, String content) {
    return file(name, Zstd.compress(content.getBytes(StandardCharsets.UTF_8)));
  }

  /** A zip archive; values are contents. */
  public InputFolder zip(String name, Map<String, byte[]> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }

    return file(name, bytes.toByteArray());
  }

  /** A compressed tar archive; values are contents. */
  public InputFolder tarGz(String name, Map<String, byte[]> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        TarArchiveEntry header = new TarArchiveEntry(entry.getKey());
        header.setSize(entry.getValue().length);
        tar.putArchiveEntry(header);
        tar.write(entry.getValue());
        tar.closeArchiveEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }

    return file(name, gzipped(bytes.toByteArray()));
  }

  public static byte[] gzipped(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }

    return bytes.toByteArray();
  }

  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
