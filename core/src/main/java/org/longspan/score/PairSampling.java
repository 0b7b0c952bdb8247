package org.longspan.score;

/** How {@link PairPlan} draws the pairs that are measured. Each pair is equally likely in both. */
public enum PairSampling {
  /** Every set of pairs is equally likely, as published. */
  UNIFORM,
  /** Every row and every distance gets its share of the pairs, see {@link StratifiedPairs}. */
  STRATIFIED
}
