package org.longspan.scoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.longspan.context.WindowPlan;
import org.longspan.measure.TokenWindow;

/**
 * The part of a document that a measurement reads.
 *
 * @param docId the document
 * @param tokens tokens of the whole document
 * @param ids the tokens at {@link Measurement#positions}, in that order
 */
public record Excerpt(String docId, int tokens, int[] ids) {
  /** The windows of a plan, where the tokens are those at {@link WindowPlan#positions}. */
  List<TokenWindow> windows(WindowPlan plan) {
    List<TokenWindow> cut = new ArrayList<>();
    int read = 0;
    int readTo = 0;

    for (int start : plan.starts(docId, tokens)) {
      int end = plan.end(start, tokens);
      // Of a window that overlaps the one before, the first tokens are at hand.
      int from = read - Math.max(0, readTo - start);
      read = from + end - start;
      readTo = end;
      cut.add(new TokenWindow(start, Arrays.copyOfRange(ids, from, read)));
    }

    return cut;
  }
}
