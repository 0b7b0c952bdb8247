package org.longspan.schedule;

import java.io.Serializable;

/** The steps that read one lane. Holds one int a step. */
public final class LaneSteps implements Serializable {
  private static final long serialVersionUID = 1;

  private final Batching batching;
  private final long perStep;
  private final int[] numbers;
  private final int shortStep;

  /**
   * @param perStep sequences of a whole step
   * @param numbers of the whole steps in the training, by batch
   * @param shortStep number of the step that reads the rest; -1: none does
   */
  LaneSteps(Batching batching, long perStep, int[] numbers, int shortStep) {
    this.batching = batching;
    this.perStep = perStep;
    this.numbers = numbers;
    this.shortStep = shortStep;
  }

  /** Sequences of a whole step. */
  public long perStep() {
    return perStep;
  }

  /** Whole steps. */
  public int steps() {
    return numbers.length;
  }

  /** Sequences that whole steps read: those that chance ranks first. */
  public long kept() {
    return perStep * numbers.length;
  }

  /** Whether a step of its own reads the rest. */
  public boolean hasShortStep() {
    return shortStep >= 0;
  }

  /** The step that reads the rest; -1: none does. */
  public int shortStep() {
    return shortStep;
  }

  /**
   * The step that reads a sequence.
   *
   * @param rank of the sequence among the {@link #kept}, from 0: by chance, or by cost where
   *     {@linkplain Batching#byCost batching} is by cost
   */
  public int step(long rank) {
    return numbers[batching.batch(rank, numbers.length, perStep)];
  }
}
