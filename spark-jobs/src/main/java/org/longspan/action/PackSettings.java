package org.longspan.action;

import java.io.Serializable;
import java.util.Collections;
import java.util.Set;
import org.longspan.pack.Packer;
import org.longspan.pack.PackerParameters;
import org.longspan.pack.Packers;

/**
 * The values that decide a layout, as they travel to the tasks.
 *
 * @param packer the packer of the first round, by name
 * @param parameters what it is told
 * @param separatorToken token id after each document, or -1 for none
 * @param padToken token id that fills the end of a row
 * @param longDocuments what becomes of documents that are longer than a sequence
 * @param sliceDocuments documents, at most, that one task lays out
 */
record PackSettings(
    String packer,
    PackerParameters parameters,
    int separatorToken,
    int padToken,
    LongDocuments longDocuments,
    int sliceDocuments,
    long seed)
    implements Serializable {

  /** Tokens that a document takes up besides its own. */
  int separators() {
    return separatorToken >= 0 ? 1 : 0;
  }

  /**
   * The packer of the first round.
   *
   * @throws IllegalArgumentException where there is none of that name, or an option does not fit;
   *     the message says which
   */
  Packer newPacker() {
    return Packers.named(packer, parameters);
  }

  /** Tokens that sequences have. */
  Set<Integer> lengths() {
    return newPacker().lengths(parameters.sequenceLength());
  }

  /** Tokens of the sequences of the second round. */
  int leftoverLength() {
    return Collections.min(lengths());
  }
}
