package org.longspan;

import org.apache.spark.sql.SparkSession;
import org.longspan.cli.Cli;

/** The way in. */
public final class Longspan {
  private Longspan() {}

  /** Longspan's actions on a session, whose settings they leave as they are. */
  public static Actions on(SparkSession spark) {
    return new Actions(spark);
  }

  /** The command line; see {@code bin/longspan --help}. */
  public static void main(String[] args) {
    System.exit(Cli.standard(new CommandLineRuns()).execute(args));
  }
}
