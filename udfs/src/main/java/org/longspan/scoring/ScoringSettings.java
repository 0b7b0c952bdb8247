package org.longspan.scoring;

import java.io.Serializable;
import java.util.List;

/**
 * Which scores are wanted and how they are measured.
 *
 * @param scorers names, as in the {@code scorer} column
 * @param minTokens documents below this many tokens are too short for every scorer
 * @param prolong ProLong's settings
 * @param seed decides what is drawn of long documents
 */
public record ScoringSettings(
    List<String> scorers, int minTokens, ProLongSettings prolong, long seed)
    implements Serializable {
  public ScoringSettings {
    scorers = List.copyOf(scorers);
  }
}
