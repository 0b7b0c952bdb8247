package org.longspan.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command's Spark session. It starts when it is first asked for, so that a wrong configuration
 * is told before, and stops when the command ends. Under {@code spark-submit} it is the submitted
 * application's, with no setting touched.
 */
final class Session implements Supplier<SparkSession>, AutoCloseable {
  private static final String MASTER = "spark.master";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Where Spark runs: local[*] (default), local[2], spark://host:7077, ...")
  private String master;

  private SparkSession session;

  /** Refuses what spark-submit has decided already; to be called before any work. */
  void check() {
    if (master != null && isSubmitted()) {
      throw new ParameterException(
          command.commandLine(),
          "--master is for bin/longspan; under spark-submit the master is %s: give --master to spark-submit itself."
              .formatted(System.getProperty(MASTER)));
    }
  }

  @Override
  public synchronized SparkSession get() {
    if (session == null) {
      session = isSubmitted() ? SparkSession.builder().getOrCreate() : start();
    }

    return session;
  }

  @Override
  public synchronized void close() {
    if (session != null) {
      session.stop();
    }
  }

  private SparkSession start() {
    String url = master == null ? "local[*]" : master;
    Path scratch = Path.of(System.getProperty("java.io.tmpdir"));
    SparkSession.Builder builder =
        SparkSession.builder()
            .appName("longspan")
            .master(url)
            .config("spark.ui.showConsoleProgress", false)
            .config("spark.local.dir", scratch.toString())
            .config(
                "spark.sql.warehouse.dir",
                scratch.resolve("longspan-warehouse").toUri().toString());
    return isLocal(url) ? localhost(builder).getOrCreate() : builder.getOrCreate();
  }

  /**
   * One machine talks to itself by an address that works without a network. A run has some hundred
   * small jobs: cut for a cluster, and planned again while they run, they would take longer to plan
   * than to do.
   */
  private static SparkSession.Builder localhost(SparkSession.Builder builder) {
    Map<String, String> settings =
        Map.of(
            "spark.driver.host", "127.0.0.1",
            "spark.driver.bindAddress", "127.0.0.1",
            "spark.sql.adaptive.enabled", "false",
            "spark.sql.shuffle.partitions",
                Integer.toString(2 * Runtime.getRuntime().availableProcessors()));
    settings.forEach(
        (key, value) -> {
          if (System.getProperty(key) == null) {
            builder.config(key, value);
          }
        });
    return builder;
  }

  private static boolean isLocal(String url) {
    return url.equals("local") || url.startsWith("local[");
  }

  private static boolean isSubmitted() {
    return System.getProperty(MASTER) != null;
  }
}
