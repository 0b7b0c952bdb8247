package org.longspan.attention;

import java.util.Arrays;
import java.util.List;
import org.longspan.context.ContextWindows;
import org.longspan.score.Score;

/**
 * The windows of a document whose attention is read: those of full length. A query of a shorter
 * window has fewer keys to choose from, so that its masses are not comparable.
 *
 * @param length tokens of a full window
 * @param view what is read of it
 */
record FullWindows<R>(int length, AttentionView<R> view) {
  /** What was read of each full window; empty where none is among the windows. */
  List<R> of(ContextWindows measured) {
    return measured.windows().stream()
        .filter(window -> window.tokens().length == length)
        .map(window -> window.attention().of(view))
        .toList();
  }

  /** The score of a document of which no full window was read. */
  Score tooShort(ContextWindows measured) {
    return Score.tooShort(
        "Attention is read of windows of %d tokens, and of the document's %d tokens none was."
            .formatted(length, measured.documentTokens()));
  }

  /** The mean of arrays of one length. */
  static double[] mean(List<double[]> rows) {
    double[] mean = new double[rows.get(0).length];

    for (double[] row : rows) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += row[i];
      }
    }

    return Arrays.stream(mean).map(sum -> sum / rows.size()).toArray();
  }
}
