package org.longspan.pack;

import java.io.Serializable;

/**
 * How long documents may be when packers that know nothing of related documents lay them out:
 * longer ones come in pieces, each for itself. This is the "cut at N" of Fu et al., arXiv
 * 2402.10171, which shows what long documents are worth by doing without them.
 *
 * @param most tokens of a piece, a separator counted; at least 1
 */
public record Pieces(int most) implements Serializable {
  /** Documents are not cut. */
  public static final Pieces WHOLE = new Pieces(Integer.MAX_VALUE);

  public Pieces {
    if (most < 1) {
      throw new IllegalArgumentException(
          "A piece of a document has at least 1 token, not %d.".formatted(most));
    }
  }
}
