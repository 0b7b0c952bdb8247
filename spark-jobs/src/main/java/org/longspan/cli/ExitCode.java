package org.longspan.cli;

/** What the program tells the shell. */
final class ExitCode {
  static final int DONE = 0;

  /** The configuration or the command line is wrong; nothing was run. */
  static final int USAGE = 2;

  /** More input rows are no documents than the configuration allows. */
  static final int BAD_INPUT = 3;

  /** A stage failed, or Longspan itself. */
  static final int FAILED = 4;

  private ExitCode() {}
}
