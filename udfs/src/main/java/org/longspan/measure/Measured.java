package org.longspan.measure;

import java.util.Objects;

/**
 * What was measured of one document, or why nothing was.
 *
 * @param measurement null where it failed
 * @param error a sentence, null where it did not fail
 */
public record Measured<M>(M measurement, String error) {
  public Measured {
    if ((measurement == null) == (error == null)) {
      throw new IllegalArgumentException("A document has a measurement or an error.");
    }
  }

  /** What was measured. */
  public static <M> Measured<M> of(M measurement) {
    return new Measured<>(Objects.requireNonNull(measurement), null);
  }

  static <M> Measured<M> failed(String error) {
    return new Measured<>(null, Objects.requireNonNull(error));
  }

  public boolean failed() {
    return error != null;
  }
}
