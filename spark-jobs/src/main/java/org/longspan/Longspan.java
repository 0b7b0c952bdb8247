package org.longspan;

import org.longspan.cli.Cli;

/** The way in. */
public final class Longspan {
  private Longspan() {}

  /** The command line; see {@code bin/longspan --help}. */
  public static void main(String[] args) {
    System.exit(Cli.standard().execute(args));
  }
}
