package org.longspan.pack;

/**
 * One copy of a document, or a part of one, that waits for a place.
 *
 * @param document index of the document in its {@link Slice}
 * @param copy which copy, from 0
 * @param start first token, inclusive
 * @param end last token, exclusive
 */
public record Item(int document, int copy, int start, int end) {
  public Item {
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException(
          "An item needs 0 <= start < end, not [%d, %d).".formatted(start, end));
    }
  }

  public int length() {
    return end - start;
  }
}
