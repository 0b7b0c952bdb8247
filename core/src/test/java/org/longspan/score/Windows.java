package org.longspan.score;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.longspan.context.ContextWindow;
import org.longspan.context.ContextWindows;
import org.longspan.context.Contexts;
import org.longspan.context.PassPlan;
import org.longspan.context.PassPredictions;
import org.longspan.context.WholePrefix;

/** Measurements by hand: losses by token, as a model would have given them. */
final class Windows {
  private Windows() {}

  /**
   * A document of one window. The losses stand for tokens 0, 1, ...; entry 0 is not used.
   *
   * @param shortLosses under the short contexts, where they differ from the whole prefix
   */
  static ContextWindows of(
      int[] tokens, double[] longLosses, Contexts shortContexts, double[] shortLosses) {
    SortedMap<Integer, PassPredictions> passes = new TreeMap<>();
    PassPlan.of(tokens.length, List.of(new WholePrefix(), shortContexts))
        .ends()
        .forEach(
            (start, end) -> {
              double[] from = start == 0 ? longLosses : shortLosses;
              float[] losses = new float[end - start - 1];

              for (int i = 0; i < losses.length; i++) {
                losses[i] = (float) from[start + 1 + i];
              }

              passes.put(start, PassPredictions.of(losses));
            });
    return new ContextWindows(
        tokens.length, List.of(new ContextWindow(0, tokens, passes, new float[0])));
  }

  /**
   * A document of one window in which every pass has its own predictions.
   *
   * @param loss of a token, by the start of its pass and its index
   * @param first whether the token was the most probable one, by the same
   */
  static ContextWindows of(
      int[] tokens, Predicted loss, Likeliest first, Collection<? extends Contexts> contexts) {
    SortedMap<Integer, PassPredictions> passes = new TreeMap<>();
    PassPlan.of(tokens.length, List.copyOf(contexts))
        .ends()
        .forEach(
            (start, end) -> {
              float[] losses = new float[end - start - 1];
              boolean[] firsts = new boolean[losses.length];

              for (int i = 0; i < losses.length; i++) {
                losses[i] = (float) loss.of(start, start + 1 + i);
                firsts[i] = first.of(start, start + 1 + i);
              }

              passes.put(start, new PassPredictions(losses, new float[losses.length], firsts));
            });
    return new ContextWindows(
        tokens.length, List.of(new ContextWindow(0, tokens, passes, new float[0])));
  }

  /** Losses alone, see above. */
  static ContextWindows of(int[] tokens, Predicted loss, Collection<? extends Contexts> contexts) {
    return of(tokens, loss, (start, token) -> false, contexts);
  }

  /** -ln p of a token in the pass from a start on. */
  interface Predicted {
    double of(int start, int token);
  }

  /** Whether a token was the most probable one in the pass from a start on. */
  interface Likeliest {
    boolean of(int start, int token);
  }

  /** One window that two models read as a whole. Entry 0 of the losses is not used. */
  static ContextWindow compared(int start, double[] losses, double[] companionLosses) {
    SortedMap<Integer, PassPredictions> passes = new TreeMap<>();
    passes.put(0, PassPredictions.of(afterFirst(losses)));
    return new ContextWindow(start, distinct(losses.length), passes, afterFirst(companionLosses));
  }

  private static float[] afterFirst(double[] losses) {
    float[] after = new float[losses.length - 1];

    for (int i = 0; i < after.length; i++) {
      after[i] = (float) losses[i + 1];
    }

    return after;
  }

  /** Tokens that are all different. */
  static int[] distinct(int count) {
    int[] tokens = new int[count];
    Arrays.setAll(tokens, i -> i);
    return tokens;
  }
}
