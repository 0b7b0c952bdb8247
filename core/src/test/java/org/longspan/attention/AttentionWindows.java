package org.longspan.attention;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.longspan.context.ContextWindow;
import org.longspan.context.ContextWindows;

/** Readings of attention that is known in closed form, as a model would have given them. */
final class AttentionWindows {
  private AttentionWindows() {}

  /**
   * The weight of a key, not yet scaled so that a query's sum to 1; its keys are before the end.
   */
  interface Kernel {
    double weight(int query, int key, int end);
  }

  /** Every key that a query sees gets the same. */
  static final Kernel UNIFORM = (query, key, end) -> 1;

  /** One layer's masses of spans: an entry for each query span of the view. */
  static double[][] spans(SpanMasses view, int length, Kernel kernel) {
    int span = view.span();
    int[] queries = view.queries(length);
    double[][] masses = new double[queries.length][];

    for (int q = 0; q < queries.length; q++) {
      masses[q] = new double[queries[q] + 1];

      for (int query = queries[q] * span; query < (queries[q] + 1) * span; query++) {
        int end = view.keys() == SpanMasses.Keys.EARLIER ? queries[q] * span : query + 1;
        double sum = 0;

        for (int key = 0; key < end; key++) {
          sum += kernel.weight(query, key, end);
        }

        for (int key = 0; key < end; key++) {
          masses[q][key / span] += kernel.weight(query, key, end) / sum;
        }
      }
    }

    return masses;
  }

  /** A document of windows of which each was read so. */
  @SafeVarargs
  static <R> ContextWindows document(int length, AttentionView<R> view, R... readings) {
    List<ContextWindow> windows = new ArrayList<>();

    for (R reading : readings) {
      windows.add(
          window(windows.size() * length, length, AttentionReadings.NONE.with(view, reading)));
    }

    return new ContextWindows(length * readings.length, windows);
  }

  /** The same document with one more window, a shorter one. */
  static ContextWindows withTail(ContextWindows document, int tail) {
    List<ContextWindow> windows = new ArrayList<>(document.windows());
    windows.add(window(document.documentTokens(), tail, AttentionReadings.NONE));
    return new ContextWindows(document.documentTokens() + tail, windows);
  }

  private static ContextWindow window(int start, int length, AttentionReadings readings) {
    int[] tokens = new int[length];
    Arrays.setAll(tokens, i -> i);
    return new ContextWindow(start, tokens, new TreeMap<>(), new float[0], readings);
  }
}
