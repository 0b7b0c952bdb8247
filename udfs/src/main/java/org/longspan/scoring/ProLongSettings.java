package org.longspan.scoring;

import java.io.Serializable;
import java.util.Locale;
import org.longspan.score.ProLong;

/**
 * How {@link ProLong} is measured and scored.
 *
 * @param segment tokens of a segment, at least 2
 * @param window tokens measured at most: of a longer document, window / segment segments are drawn
 * @param pairs pairs measured a document at most; 0: all
 * @param mode {@code code} or {@code paper}, see {@link ProLong.Mode}
 * @param threshold strength that a pair must exceed to count
 */
public record ProLongSettings(int segment, int window, int pairs, String mode, double threshold)
    implements Serializable {
  /** As in the released scripts. */
  public static final ProLongSettings PUBLISHED =
      new ProLongSettings(128, 32_768, 500, "code", ProLong.PUBLISHED_THRESHOLD);

  public ProLongSettings {
    if (segment < 2) {
      throw new IllegalArgumentException(
          "ProLong's segment must have at least 2 tokens, one to predict after the other, not %d."
              .formatted(segment));
    }

    if (window / 2 < segment) {
      throw new IllegalArgumentException(
          "ProLong's window of %d tokens does not hold two segments of %d."
              .formatted(window, segment));
    }

    if (pairs < 0) {
      throw new IllegalArgumentException(
          "ProLong's pairs must be a positive number, or 0 for all, not %d.".formatted(pairs));
    }

    if (!mode.equals("code") && !mode.equals("paper")) {
      throw new IllegalArgumentException(
          "ProLong's mode must be code or paper, not '%s'.".formatted(mode));
    }
  }

  ProLong scorer() {
    return new ProLong(
        ProLong.Mode.valueOf(mode.toUpperCase(Locale.ROOT)), threshold, window / segment);
  }
}
