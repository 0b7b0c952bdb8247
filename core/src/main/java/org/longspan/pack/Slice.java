package org.longspan.pack;

import java.util.ArrayList;
import java.util.List;

/**
 * The documents that are laid out together: ids in ascending order, lengths in tokens (separator
 * included, where there is one) and the number of copies of each.
 *
 * @param ids doc_id of each document, ascending
 * @param lengths tokens of each document that take up room in a sequence, at least 1
 * @param copies how often each document is to be placed, at least 1
 * @param lastLengths tokens of each document's last copy, which may end early; from 1 to its length
 */
public record Slice(String[] ids, int[] lengths, int[] copies, int[] lastLengths) {
  public Slice {
    if (ids.length != lengths.length
        || ids.length != copies.length
        || ids.length != lastLengths.length) {
      throw new IllegalArgumentException(
          "A slice has two lengths and one copy count a document, but there are %d ids, %d and %d lengths and %d counts."
              .formatted(ids.length, lengths.length, lastLengths.length, copies.length));
    }

    for (int d = 0; d < ids.length; d++) {
      if (lengths[d] < 1 || copies[d] < 1) {
        throw new IllegalArgumentException(
            "Document %s has %d tokens and %d copies; both must be at least 1."
                .formatted(ids[d], lengths[d], copies[d]));
      }

      if (lastLengths[d] < 1 || lastLengths[d] > lengths[d]) {
        throw new IllegalArgumentException(
            "The last copy of document %s can't have %d tokens of its %d."
                .formatted(ids[d], lastLengths[d], lengths[d]));
      }

      if (d > 0 && ids[d - 1].compareTo(ids[d]) >= 0) {
        throw new IllegalArgumentException(
            "The ids of a slice must ascend, but %s stands before %s."
                .formatted(ids[d - 1], ids[d]));
      }
    }
  }

  /** A slice of whole copies. */
  public Slice(String[] ids, int[] lengths, int[] copies) {
    this(ids, lengths, copies, lengths);
  }

  /** Tokens of a copy, from 0, of a document. */
  public int length(int document, int copy) {
    return copy == copies[document] - 1 ? lastLengths[document] : lengths[document];
  }

  public int size() {
    return ids.length;
  }

  /** All copies, whole: documents in order, and the copies of each. */
  public List<Item> items() {
    List<Item> items = new ArrayList<>();
    for (int d = 0; d < ids.length; d++) {
      for (int copy = 0; copy < copies[d]; copy++) {
        items.add(new Item(d, copy, 0, length(d, copy)));
      }
    }

    return items;
  }
}
