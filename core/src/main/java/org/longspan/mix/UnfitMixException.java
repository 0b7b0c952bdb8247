package org.longspan.mix;

/** A mix that speaks of what the corpus does not have; the message says where it is set. */
public final class UnfitMixException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnfitMixException(String message) {
    super(message);
  }
}
