package org.longspan.stage;

/**
 * A stage that can't go on, for a reason that its user can act on. The message is in whole
 * sentences: what is wrong, where, and the way out. The command line ends with exit code 4.
 */
public final class StageFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StageFailedException(String message) {
    super(message);
  }

  public StageFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
