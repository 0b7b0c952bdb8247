package org.longspan.run;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which versions made a run, for its manifest. */
public final class Versions {
  private Versions() {}

  /** Longspan's version and those of the libraries that it was built with. */
  public static SortedMap<String, String> ofBuild() {
    Properties properties = new Properties();
    try (InputStream in = Versions.class.getResourceAsStream("versions.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new IllegalStateException("versions.properties can't be read from Longspan's jar.", e);
    }

    SortedMap<String, String> versions = new TreeMap<>();
    properties.forEach((name, version) -> versions.put((String) name, (String) version));
    return versions;
  }

  /** Those of the build, of the code, and of what runs it. */
  static SortedMap<String, String> ofThisRun() {
    SortedMap<String, String> versions = ofBuild();
    versions.put("code", CodeVersion.current());
    versions.put("java", Runtime.version().toString());
    versions.put("scala", scala.util.Properties.versionNumberString());
    versions.put("spark", org.apache.spark.package$.MODULE$.SPARK_VERSION());
    return versions;
  }
}
