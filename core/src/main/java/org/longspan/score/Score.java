package org.longspan.score;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a scorer says of one document.
 *
 * @param status whether there is a value
 * @param value the score, higher is better; empty unless {@code status} is {@link Status#SCORED}
 * @param details named parts of the score, in name order
 * @param profile values by distance, where the scorer has them; else empty
 * @param error why there is no value, in a sentence; null where there is one
 */
public record Score(
    Status status,
    OptionalDouble value,
    SortedMap<String, Double> details,
    double[] profile,
    String error) {
  private static final double[] NO_PROFILE = {};

  public Score {
    if ((status == Status.SCORED) != value.isPresent()) {
      throw new IllegalArgumentException(
          "A score has a value exactly when it is scored: " + status);
    }

    details = Collections.unmodifiableSortedMap(new TreeMap<>(details));
  }

  /** A score with its parts. A value that is not finite becomes a failure that says so. */
  public static Score of(double value, Map<String, Double> details) {
    return of(value, details, NO_PROFILE);
  }

  /** A score with its parts and its values by distance. */
  public static Score of(double value, Map<String, Double> details, double[] profile) {
    if (!Double.isFinite(value)) {
      return failed("The score is " + value + ", not a finite number.");
    }

    return new Score(
        Status.SCORED, OptionalDouble.of(value), new TreeMap<>(details), profile, null);
  }

  /** No score, because the document is too short; {@code why} is a sentence with the lengths. */
  public static Score tooShort(String why) {
    return new Score(Status.TOO_SHORT, OptionalDouble.empty(), new TreeMap<>(), NO_PROFILE, why);
  }

  /** No score, because something went wrong; {@code why} is a sentence. */
  public static Score failed(String why) {
    return new Score(Status.FAILED, OptionalDouble.empty(), new TreeMap<>(), NO_PROFILE, why);
  }
}
