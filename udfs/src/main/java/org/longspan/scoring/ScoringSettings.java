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
 * @param gradients settings of the scores that read gradients
 * @param seed decides what is drawn of long documents
 * @param sideTables what scorers say beside their scores
 */
public record ScoringSettings(
    List<String> scorers,
    int minTokens,
    ProLongSettings prolong,
    ContextSettings contexts,
    GradientSettings gradients,
    long seed,
    SideTables sideTables)
    implements Serializable {
  public ScoringSettings {
    scorers = List.copyOf(scorers);
  }

  /** Scores alone, with gradients as published. */
  public ScoringSettings(
      List<String> scorers,
      int minTokens,
      ProLongSettings prolong,
      ContextSettings contexts,
      long seed) {
    this(scorers, minTokens, prolong, contexts, GradientSettings.PUBLISHED, seed, SideTables.NONE);
  }

  /**
   * These settings for a model. That it has positions enough is checked where all that is measured
   * is known, see {@link ScoringModel#requirePositions}.
   *
   * @throws IllegalArgumentException if they ask for a start token, a layer or a head that it lacks
   */
  public ScoringSettings forModel(ScoringModel model) {
    AttentionMethods.requireIn(model, this);
    return withContexts(contexts.forModel(model));
  }

  /** These settings for other scorers. */
  public ScoringSettings withScorers(List<String> others) {
    return new ScoringSettings(others, minTokens, prolong, contexts, gradients, seed, sideTables);
  }

  /** These settings with another least length. */
  public ScoringSettings withMinTokens(int another) {
    return new ScoringSettings(scorers, another, prolong, contexts, gradients, seed, sideTables);
  }

  /** These settings with others of ProLong's. */
  public ScoringSettings withProlong(ProLongSettings others) {
    return new ScoringSettings(scorers, minTokens, others, contexts, gradients, seed, sideTables);
  }

  /** These settings with others of the scores that contrast contexts. */
  public ScoringSettings withContexts(ContextSettings others) {
    return new ScoringSettings(scorers, minTokens, prolong, others, gradients, seed, sideTables);
  }

  /** These settings with others of the scores that read gradients. */
  public ScoringSettings withGradients(GradientSettings others) {
    return new ScoringSettings(scorers, minTokens, prolong, contexts, others, seed, sideTables);
  }

  /** These settings with another seed. */
  public ScoringSettings withSeed(long another) {
    return new ScoringSettings(
        scorers, minTokens, prolong, contexts, gradients, another, sideTables);
  }

  /** These settings with other side tables. */
  public ScoringSettings withSideTables(SideTables others) {
    return new ScoringSettings(scorers, minTokens, prolong, contexts, gradients, seed, others);
  }
}
