package org.longspan.measure;

import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import org.longspan.attention.AttentionView;
import org.longspan.context.ResponsePairs;

/**
 * A window of a document and the passes over it.
 *
 * @param start index in the document of the window's first token
 * @param tokens ids of the scoring model's tokenizer
 * @param passes the end of each pass, exclusive, by its start, both within the window
 * @param detailed starts of the passes whose entropies and most probable tokens are wanted too
 * @param views what is read of the attention in the pass over the whole window; a window that
 *     {@linkplain org.longspan.model.CausalLm#shows cannot show} one, such as a document's tail,
 *     has no reading of it
 * @param responses which losses of the window's response are wanted
 */
public record PlannedWindow(
    int start,
    int[] tokens,
    SortedMap<Integer, Integer> passes,
    SortedSet<Integer> detailed,
    Set<AttentionView<?>> views,
    Set<ResponsePairs> responses) {
  public PlannedWindow {
    views = Set.copyOf(views);
    responses = Set.copyOf(responses);
    passes.forEach(
        (from, to) -> {
          if (from < 0 || to > tokens.length || to - from < 2) {
            throw new IllegalArgumentException(
                "A pass from %d to %d does not lie within a window of %d tokens."
                    .formatted(from, to, tokens.length));
          }
        });
  }

  /** A window whose response is not asked about. */
  public PlannedWindow(
      int start,
      int[] tokens,
      SortedMap<Integer, Integer> passes,
      SortedSet<Integer> detailed,
      Set<AttentionView<?>> views) {
    this(start, tokens, passes, detailed, views, Set.of());
  }

  /** A window of which no attention is read either. */
  public PlannedWindow(
      int start, int[] tokens, SortedMap<Integer, Integer> passes, SortedSet<Integer> detailed) {
    this(start, tokens, passes, detailed, Set.of());
  }
}
