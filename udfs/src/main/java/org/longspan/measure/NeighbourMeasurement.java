package org.longspan.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.longspan.context.ContextWindow;
import org.longspan.context.ContextWindows;
import org.longspan.context.PassPredictions;
import org.longspan.context.WholePrefix;
import org.longspan.model.CausalLm;

/**
 * Measures how a document is predicted by itself and after each of its neighbours: losses and
 * entropies of the same tokens. Each is one pass, so the cost is the document's tokens once and
 * once more with each neighbour before them.
 */
public final class NeighbourMeasurement {
  private static final WholePrefix WHOLE = new WholePrefix();

  private final ContextWindowsMeasurement passes;

  /**
   * @param model shared with other threads
   * @param batchTokens tokens of a forward pass at most; one row is always run
   */
  public NeighbourMeasurement(CausalLm model, int batchTokens) {
    this.passes = new ContextWindowsMeasurement(model, null, batchTokens, OptionalInt.empty());
  }

  /**
   * Measures one document. Never throws for what is wrong with it or a neighbour.
   *
   * @param document its tokens that are predicted, at least 2
   * @param neighbours the tokens that each neighbour brings before them
   */
  public Measured<NeighbourPredictions> measure(int[] document, List<int[]> neighbours) {
    List<PlannedWindow> windows = new ArrayList<>();
    windows.add(whole(document));
    neighbours.forEach(neighbour -> windows.add(whole(joined(neighbour, document))));
    Measured<ContextWindows> measured =
        passes.measure(List.of(new WindowedDocument(document.length, windows))).get(0);

    if (measured.failed()) {
      return Measured.failed(measured.error());
    }

    List<PassPredictions> predictions =
        measured.measurement().windows().stream()
            .map(window -> last(window, document.length))
            .toList();
    return Measured.of(
        new NeighbourPredictions(predictions.get(0), predictions.subList(1, predictions.size())));
  }

  private static PlannedWindow whole(int[] tokens) {
    SortedMap<Integer, Integer> pass = new TreeMap<>();
    pass.put(0, tokens.length);
    return new PlannedWindow(0, tokens, pass, new TreeSet<>(pass.keySet()), Set.of());
  }

  private static int[] joined(int[] neighbour, int[] document) {
    int[] both = Arrays.copyOf(neighbour, neighbour.length + document.length);
    System.arraycopy(document, 0, both, neighbour.length, document.length);
    return both;
  }

  /** What was predicted of the last tokens but the first of them, which alone has no context. */
  private static PassPredictions last(ContextWindow window, int tokens) {
    int end = window.tokens().length;
    int from = end - tokens + 1;
    float[] first = window.firsts(WHOLE);
    boolean[] hits = new boolean[tokens - 1];

    for (int i = 0; i < hits.length; i++) {
      hits[i] = first[from + i] == 1;
    }

    return new PassPredictions(
        Arrays.copyOfRange(window.losses(WHOLE), from, end),
        Arrays.copyOfRange(window.entropies(WHOLE), from, end),
        hits);
  }
}
