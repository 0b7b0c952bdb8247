package org.longspan.line;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What local-cluster needs of a Spark distribution, made of the build's own jars. */
final class SparkHome {
  private SparkHome() {}

  /** A folder with Spark's jars and ours. */
  static Path make() throws IOException {
    Path home = SmallRun.temporary();
    Path jars = Files.createDirectory(home.resolve("jars"));
    int number = 0;
    for (String jar : classpath().split(":")) {
      // Two artifacts may have files of one name.
      Files.createSymbolicLink(
          jars.resolve(number++ + "-" + Path.of(jar).getFileName()), Path.of(jar));
    }

    Files.createSymbolicLink(jars.resolve("0-" + own().getFileName()), own());
    return home;
  }

  /** The jars that Longspan is compiled against, Spark's among them. */
  static String classpath() throws IOException {
    return Files.readString(target().resolve("launch/classpath")).strip();
  }

  /** The jar of spark-jobs. */
  static Path own() throws IOException {
    try (Stream<Path> own = Files.list(target())) {
      return own.filter(f -> f.getFileName().toString().matches("longspan-spark-jobs-.*\\.jar"))
          .findFirst()
          .orElseThrow();
    }
  }

  /** The options that Spark needs on this Java. */
  static String javaOptions() throws IOException {
    return Files.readString(target().resolve("launch/java-options")).strip();
  }

  private static Path target() {
    return Command.ROOT.resolve("spark-jobs/target");
  }
}
