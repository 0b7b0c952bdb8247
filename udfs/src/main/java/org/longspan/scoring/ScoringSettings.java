package org.longspan.scoring;

import java.io.Serializable;
import java.util.List;

/**
 * Which scores are wanted and how they are measured.
 *
 * @param scorers names, as in the {@code scorer} column
 * @param minTokens documents below this many tokens are too short for every scorer
 * @param prolong ProLong's settings
 * @param contexts settings of the scores that contrast contexts
 * @param seed decides what is drawn of long documents
 */
public record ScoringSettings(
    List<String> scorers,
    int minTokens,
    ProLongSettings prolong,
    ContextSettings contexts,
    long seed)
    implements Serializable {
  public ScoringSettings {
    scorers = List.copyOf(scorers);
  }

  /**
   * These settings for a model.
   *
   * @throws IllegalArgumentException if they ask for more positions than it has, or for a start
   *     token that it lacks
   */
  public ScoringSettings forModel(ScoringModel model) {
    return new ScoringSettings(scorers, minTokens, prolong, contexts.forModel(model), seed);
  }

  /** These settings with another seed. */
  public ScoringSettings withSeed(long another) {
    return new ScoringSettings(scorers, minTokens, prolong, contexts, another);
  }
}
