package org.longspan.score;

import java.util.Map;
import java.util.TreeMap;
import org.longspan.context.ContextWindow;
import org.longspan.context.ContextWindows;
import org.longspan.context.WholePrefix;

/**
 * GATEAU's homologous models' guidance, arXiv 2410.15633: how much better a long-context model
 * predicts a response after a long text than its short-context sibling does after the same text.
 *
 * <pre>
 *   response = the last k tokens of each window, all windows of a document together
 *   score    = ln PPL_short(response) - ln PPL_long(response)
 * </pre>
 *
 * <p>The long-context model is the main one, the short-context sibling its companion. GATEAU
 * selects instructions with an answer; a pre-training document has none, so its last tokens stand
 * for one. As published both perplexities are scaled to [0, 1] over the data set and a softmax is
 * taken of their differences ({@link GateauGuidance}): one outlier flattens everything there, so
 * the logarithms' difference is the score unless that is asked for. GATEAU's second score is {@link
 * org.longspan.attention.ContextualAwareness}.
 *
 * <p>Details: {@code response_tokens}, {@code ppl_short}, {@code ppl_long}. Cost: O(tokens).
 */
public final class Gateau implements Scorer<ContextWindows> {
  /** The detail with the sibling's perplexity. */
  public static final String PPL_SHORT = "ppl_short";

  /** The detail with the main model's perplexity. */
  public static final String PPL_LONG = "ppl_long";

  private static final WholePrefix WHOLE = new WholePrefix();

  private final int response;

  /**
   * @param response k, tokens of a window that count as its response, at least 1; of a shorter
   *     window all but its first do
   */
  public Gateau(int response) {
    if (response < 1) {
      throw new IllegalArgumentException(
          "A response needs at least 1 token, not %d.".formatted(response));
    }

    this.response = response;
  }

  @Override
  public String name() {
    return "gateau";
  }

  @Override
  public Score score(ContextWindows measured) {
    long tokens = 0;
    double shortLosses = 0;
    double longLosses = 0;

    for (ContextWindow window : measured.windows()) {
      float[] bySibling = window.companionLosses();
      float[] byMain = window.losses(WHOLE);

      for (int t = Math.max(1, byMain.length - response); t < byMain.length; t++) {
        if (window.counts(t)) {
          tokens++;
          shortLosses += bySibling[t];
          longLosses += byMain[t];
        }
      }
    }

    if (tokens == 0) {
      return Score.tooShort(
          "None of the document's %d tokens that count is part of a response."
              .formatted(measured.documentTokens()));
    }

    Map<String, Double> details = new TreeMap<>();
    details.put("response_tokens", (double) tokens);
    details.put(PPL_SHORT, Math.exp(shortLosses / tokens));
    details.put(PPL_LONG, Math.exp(longLosses / tokens));
    return Score.of((shortLosses - longLosses) / tokens, details);
  }
}
