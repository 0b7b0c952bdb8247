package org.longspan.pack;

/**
 * The documents that are laid out together: ids in ascending order, lengths in tokens (separator
 * included, where there is one) and the number of copies of each.
 *
 * @param ids doc_id of each document, ascending
 * @param lengths tokens of each document that take up room in a sequence, at least 1
 * @param copies how often each document is to be placed, at least 1
 */
public record Slice(String[] ids, int[] lengths, int[] copies) {
  public Slice {
    if (ids.length != lengths.length || ids.length != copies.length) {
      throw new IllegalArgumentException(
          "A slice has one length and one copy count a document, but there are %d ids, %d lengths and %d counts."
              .formatted(ids.length, lengths.length, copies.length));
    }

    for (int d = 0; d < ids.length; d++) {
      if (lengths[d] < 1 || copies[d] < 1) {
        throw new IllegalArgumentException(
            "Document %s has %d tokens and %d copies; both must be at least 1."
                .formatted(ids[d], lengths[d], copies[d]));
      }

      if (d > 0 && ids[d - 1].compareTo(ids[d]) >= 0) {
        throw new IllegalArgumentException(
            "The ids of a slice must ascend, but %s stands before %s."
                .formatted(ids[d - 1], ids[d]));
      }
    }
  }

  public int size() {
    return ids.length;
  }
}
