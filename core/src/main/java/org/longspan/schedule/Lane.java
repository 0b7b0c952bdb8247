package org.longspan.schedule;

import java.io.Serializable;
import java.util.Comparator;

/**
 * Sequences that may share a step: those of one phase and one length. Ordered by phase, then by
 * length.
 *
 * @param phase number of the phase, from 0, in the order of training
 * @param sequenceLength tokens of each sequence, from 1
 */
public record Lane(int phase, int sequenceLength) implements Comparable<Lane>, Serializable {
  private static final Comparator<Lane> ORDER =
      Comparator.comparingInt(Lane::phase).thenComparingInt(Lane::sequenceLength);

  @Override
  public int compareTo(Lane other) {
    return ORDER.compare(this, other);
  }
}
