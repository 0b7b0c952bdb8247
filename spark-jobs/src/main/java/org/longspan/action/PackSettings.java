package org.longspan.action;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.longspan.pack.Packer;
import org.longspan.pack.PackerParameters;
import org.longspan.pack.Packers;
import org.longspan.pack.Splice;

/**
 * The values that decide a layout, as they travel to the tasks.
 *
 * @param sequenceLength L, tokens of every sequence
 * @param branching k of SPLiCe
 * @param order order of the documents in a row: {@code identity} or {@code shuffle}
 * @param separatorToken token id after each document, or -1 for none
 * @param padToken token id that fills the end of a row
 * @param sliceDocuments documents, at most, that one task lays out
 */
record PackSettings(
    String packer,
    int sequenceLength,
    int branching,
    String order,
    int separatorToken,
    int padToken,
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
   * @throws IllegalArgumentException where the packer or its order is unknown, or a number is out
   *     of its range; the message says which
   */
  Packer newPacker() {
    if (sequenceLength < 1) {
      throw new IllegalArgumentException(
          "A sequence has at least one token, but the sequence length is %d; set it to the context length to train for, such as 131072."
              .formatted(sequenceLength));
    }

    return Packers.named(packer, new PackerParameters(sequenceLength, branching, spliceOrder()));
  }

  private Splice.Order spliceOrder() {
    List<String> names =
        Arrays.stream(Splice.Order.values()).map(o -> o.name().toLowerCase(Locale.ROOT)).toList();
    int index = names.indexOf(order);
    if (index < 0) {
      throw new IllegalArgumentException(
          "There is no order \"%s\" of a row's documents; choose one of %s."
              .formatted(order, names));
    }

    return Splice.Order.values()[index];
  }
}
