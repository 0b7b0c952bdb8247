package org.longspan.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.longspan.score.PairClues;
import org.longspan.score.PairPlan;
import org.longspan.score.SegmentPairs;

/**
 * One document's losses while they come in: places to put them, and the first thing that went
 * wrong.
 */
final class PairLosses {
  private final PlannedDocument source;
  private final boolean clues;
  private final float[][] tokenLosses;
  private final double[] alone;
  private final double[] together;
  private String error;

  /**
   * @param clues whether the {@link PairClues} of all pairs are wanted
   */
  PairLosses(PlannedDocument source, boolean clues) {
    this.source = source;
    this.clues = clues;
    this.tokenLosses = new float[source.plan().starts().length][];
    this.alone = new double[source.plan().starts().length];
    this.together = new double[source.plan().target().length];
  }

  PairPlan plan() {
    return source.plan();
  }

  boolean failed() {
    return error != null;
  }

  void fail(RuntimeException cause) {
    fail("The model failed: " + cause.getMessage());
  }

  void requireTokensBelow(int vocabulary) {
    for (int id : source.tokens()) {
      if (id < 0 || id >= vocabulary) {
        fail(
            "The token id %d is not in the model's vocabulary of %d: score with the model's own tokenizer."
                .formatted(id, vocabulary));
        return;
      }
    }
  }

  /** The segments with the pairs in which each is the context. */
  List<Segment> segments() {
    List<Segment> segments = new ArrayList<>();

    for (int i = 0; i < alone.length; i++) {
      segments.add(new Segment(i, new ArrayList<>()));
    }

    for (int p = 0; p < together.length; p++) {
      segments.get(plan().context()[p]).pairs().add(new Pair(p));
    }

    return segments;
  }

  Measured<SegmentPairs> result() {
    return failed() ? Measured.failed(error) : Measured.of(pairs());
  }

  private SegmentPairs pairs() {
    int[] target = plan().target();
    int[] context = plan().context();
    SharedTokens shared =
        new SharedTokens(
            IntStream.range(0, alone.length).mapToObj(this::tokens).toArray(int[][]::new));
    double[] copied = new double[target.length];

    for (int p = 0; p < copied.length; p++) {
      copied[p] = shared.copied(context[p], target[p]);
    }

    return new SegmentPairs(
        alone,
        target,
        context,
        together,
        copied,
        clues ? shared.clues(tokenLosses) : PairClues.NONE);
  }

  private int[] tokens(int segment) {
    int start = plan().starts()[segment];
    return Arrays.copyOfRange(source.tokens(), start, start + plan().segment());
  }

  /** The mean, in double precision; a document with a loss that is not finite has failed. */
  private double mean(float[] losses, int segment) {
    double sum = 0;

    for (float loss : losses) {
      sum += loss;
    }

    if (!Double.isFinite(sum)) {
      fail(
          "The model gave a loss that is not finite for the %d tokens from %d on: its weights or its precision do not hold this text."
              .formatted(plan().segment(), plan().starts()[segment]));
    }

    return sum / losses.length;
  }

  private void fail(String why) {
    if (error == null) {
      error = why;
    }
  }

  final class Segment {
    private final int index;
    private final List<Pair> pairs;

    private Segment(int index, List<Pair> pairs) {
      this.index = index;
      this.pairs = pairs;
    }

    List<Pair> pairs() {
      return pairs;
    }

    PairLosses document() {
      return PairLosses.this;
    }

    int[] tokens() {
      return PairLosses.this.tokens(index);
    }

    void alone(float[] losses) {
      if (clues) {
        tokenLosses[index] = losses;
      }

      alone[index] = mean(losses, index);
    }
  }

  final class Pair {
    private final int index;

    private Pair(int index) {
      this.index = index;
    }

    PairLosses document() {
      return PairLosses.this;
    }

    /** The tokens of the target. */
    int[] tokens() {
      return PairLosses.this.tokens(plan().target()[index]);
    }

    void together(float[] losses) {
      together[index] = mean(losses, plan().target()[index]);
    }
  }
}
