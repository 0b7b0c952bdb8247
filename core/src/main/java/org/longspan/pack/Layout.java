package org.longspan.pack;

import java.util.List;

/**
 * A packer's answer: rows of items, what it could not place in a full row, and what it gives up.
 *
 * @param rows sequences; the items of a row have together at most its room
 * @param rest items that found no place, for the next packer; nothing is lost
 * @param drops items that no sequence is to hold, each with the reason
 */
public record Layout(List<Row> rows, List<Item> rest, List<Drop> drops) {
  public Layout {
    rows = List.copyOf(rows);
    rest = List.copyOf(rest);
    drops = List.copyOf(drops);
  }

  /** A layout that gives nothing up. */
  public Layout(List<Row> rows, List<Item> rest) {
    this(rows, rest, List.of());
  }

  /**
   * One sequence.
   *
   * @param items what stands in the row, in order
   * @param relatedness mean similarity of the edges that brought the row's documents together; 0
   *     where they share a row by chance, 1 where one document has the row for itself
   * @param room tokens of the sequence; what the items leave of it becomes padding
   */
  public record Row(List<Item> items, double relatedness, int room) {
    public Row {
      items = List.copyOf(items);
      if (length(items) > room) {
        throw new IllegalArgumentException(
            "A row of %d tokens does not fit a sequence of %d.".formatted(length(items), room));
      }
    }

    public int length() {
      return length(items);
    }

    /** Whether the items leave no room. */
    public boolean isFull() {
      return length() == room;
    }

    private static int length(List<Item> items) {
      return items.stream().mapToInt(Item::length).sum();
    }
  }

  /**
   * Tokens that go into no sequence.
   *
   * @param reason as in the {@code drops} table
   */
  public record Drop(Item item, String reason) {}
}
