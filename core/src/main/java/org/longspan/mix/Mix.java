package org.longspan.mix;

import java.util.Collection;

/** A way to set the rates of a corpus' cells. Implementations are immutable. */
public interface Mix {
  /** Tokens from which a document is long. */
  int longFrom();

  /**
   * Sets the rate of every cell. What can't be reached is planned as near as possible and reported
   * in the plan.
   *
   * @param supplies what each domain has, at least one token in all; one entry a domain
   */
  MixPlan plan(Collection<Supply> supplies);
}
