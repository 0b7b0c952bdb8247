package org.longspan.pack;

import java.util.ArrayList;
import java.util.List;

/**
 * One copy of a document, or a part of one, that waits for a place.
 *
 * @param document index of the document in its {@link Slice}
 * @param copy which copy, from 0
 * @param start first token, inclusive
 * @param end last token, exclusive
 * @param role what it is to the others in its row
 */
public record Item(int document, int copy, int start, int end, Role role) {
  public Item {
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException(
          "An item needs 0 <= start < end, not [%d, %d).".formatted(start, end));
    }
  }

  /** Text to be read for itself. */
  public Item(int document, int copy, int start, int end) {
    this(document, copy, start, end, Role.BODY);
  }

  /** What the tokens of an item are to the others in their row. */
  public enum Role {
    /** Text to be read for itself. */
    BODY,
    /** Text that stands between the parts of another document to draw attention off. */
    NEGATIVE
  }

  public int length() {
    return end - start;
  }

  /**
   * The same tokens as items of so many, the last shorter.
   *
   * @param most tokens of an item, at least 1
   */
  List<Item> pieces(int most) {
    List<Item> pieces = new ArrayList<>();
    for (int from = start; from < end; ) {
      int to = from + Math.min(most, end - from);
      pieces.add(new Item(document, copy, from, to, role));
      from = to;
    }

    return pieces;
  }

  /** The same with another role. */
  public Item as(Role other) {
    return new Item(document, copy, start, end, other);
  }
}
