package org.longspan.stage;

/** A stage could not do its work; the message is a sentence for the person who started the run. */
public final class StageFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StageFailedException(String message) {
    super(message);
  }

  public StageFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
