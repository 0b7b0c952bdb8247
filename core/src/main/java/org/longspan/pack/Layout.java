package org.longspan.pack;

import java.util.List;

/**
 * A packer's answer: full rows of items, and what it could not place in a full row.
 *
 * @param rows sequences; the items of a row have together at most the sequence length, exactly it
 *     where the packer says so
 * @param rest items that found no place, for the next packer; nothing is lost
 */
public record Layout(List<Row> rows, List<Item> rest) {
  public Layout {
    rows = List.copyOf(rows);
    rest = List.copyOf(rest);
  }

  /**
   * One sequence.
   *
   * @param items what stands in the row, in order
   * @param relatedness mean similarity of the edges that brought the row's documents together; 0
   *     where they share a row by chance, 1 where one document has the row for itself
   */
  public record Row(List<Item> items, double relatedness) {
    public Row {
      items = List.copyOf(items);
    }

    public int length() {
      return items.stream().mapToInt(Item::length).sum();
    }
  }
}
