package org.longspan.mix;

/** The highest score first; among equal scores, and without scores, chance. */
public record TopScores() implements RankOrder {
  @Override
  public long key(Double score, long hash) {
    return score == null ? RankKey.unscored(hash) : RankKey.scored(score, hash);
  }
}
