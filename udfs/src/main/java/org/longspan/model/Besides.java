package org.longspan.model;

/** What else a pass says in which attention is read. The order is that of decoder.py. */
public enum Besides {
  /** Nothing: the pass ends at the last layer whose attention is read. */
  NOTHING,
  /** The loss of each token. */
  LOSSES,
  /** Losses, entropies and whether the true token was the most probable one. */
  PREDICTIONS
}
