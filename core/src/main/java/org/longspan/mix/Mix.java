package org.longspan.mix;

import java.util.List;
import org.longspan.length.LengthBorders;
import org.longspan.length.LengthBucket;

/**
 * How many tokens each cell of a corpus should have: the one question that the published recipes
 * answer differently. Whether a corpus can give them is not asked here, see {@link Allocation}.
 * Implementations are immutable; {@link Mixes} knows them by name.
 */
public interface Mix {
  /** Lengths that the mix tells apart; each must be a number of whole buckets. */
  List<LengthBucket> ranges();

  /**
   * Borders of cells such that every range of the mix, and the long documents, are whole buckets.
   *
   * @param longFrom tokens from which a document is long in figures
   */
  default LengthBorders cells(LengthBorders borders, int longFrom) {
    return borders.and(ranges()).and(List.of(LengthBucket.atLeast(longFrom)));
  }

  /**
   * The tokens that each cell should have; together {@code tokens}, but for rounding.
   *
   * @param supplies what there is, at least one token
   * @param tokens to choose in all, at least 1
   * @throws UnfitMixException where the mix speaks of a domain that has no tokens
   */
  Targets targets(Supplies supplies, long tokens);
}
