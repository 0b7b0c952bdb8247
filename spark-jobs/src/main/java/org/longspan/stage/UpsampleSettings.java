package org.longspan.stage;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.longspan.length.LengthBorders;
import org.longspan.length.LengthBucket;
import org.longspan.mix.Border;
import org.longspan.mix.Infeasible;
import org.longspan.mix.Mix;
import org.longspan.mix.RankOrder;

/**
 * How documents are chosen.
 *
 * @param mix who decides the shares
 * @param borders where the cells' length buckets begin, beside those that the mix needs
 * @param longFrom tokens from which a document is long
 * @param tokens to choose in all; 0: as many as the corpus has
 * @param maxEpochs the highest rate of a cell
 * @param infeasible what to do where cells lack tokens
 * @param border what becomes of the document at a cell's border
 * @param lengths of documents that are not left out before anything else
 * @param scorer the scorer that ranks the documents of a cell; {@code none}: chance
 * @param order in which they are chosen by it
 */
public record UpsampleSettings(
    Mix mix,
    LengthBorders borders,
    int longFrom,
    long tokens,
    double maxEpochs,
    Infeasible infeasible,
    Border border,
    LengthBucket lengths,
    String scorer,
    RankOrder order) {
  /** Borders of the cells. */
  public LengthBorders cells() {
    return mix.cells(borders, longFrom);
  }

  SortedMap<String, String> identity() {
    return new TreeMap<>(
        Map.of(
            "mix", mix.toString(),
            "borders", borders.borders().toString(),
            "long-from", Integer.toString(longFrom),
            "tokens", Long.toString(tokens),
            "max-epochs", Double.toString(maxEpochs),
            "infeasible", infeasible.label(),
            "border", border.name(),
            "lengths", lengths.label(),
            "scorer", scorer,
            "order", order.toString()));
  }
}
