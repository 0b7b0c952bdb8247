package org.longspan.scoring;

import java.util.List;
import org.longspan.score.Score;

/**
 * A score, and what its scorer says beside it.
 *
 * @param asides one for each side table that the scorer fills; empty where there is no score
 */
public record FullScore(Score score, List<Aside> asides) {
  public FullScore {
    asides = List.copyOf(asides);
  }

  /** A score alone. */
  public static FullScore of(Score score) {
    return new FullScore(score, List.of());
  }
}
