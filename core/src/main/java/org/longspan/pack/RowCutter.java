package org.longspan.pack;

import java.util.ArrayList;
import java.util.List;

/** Cuts a stream of items every L tokens. */
final class RowCutter {
  private final int sequenceLength;
  private final List<List<Item>> rows = new ArrayList<>();
  private List<Item> open = new ArrayList<>();
  private int room;

  RowCutter(int sequenceLength) {
    this.sequenceLength = sequenceLength;
    this.room = sequenceLength;
  }

  /** Adds an item, which goes on in the next row, and the next, where it does not fit. */
  void add(Item item) {
    for (int start = item.start(); start < item.end(); ) {
      int end = start + Math.min(room, item.end() - start);
      open.add(new Item(item.document(), item.copy(), start, end, item.role()));
      room -= end - start;
      start = end;
      if (room == 0) {
        rows.add(open);
        open = new ArrayList<>();
        room = sequenceLength;
      }
    }
  }

  /** The full rows so far. */
  List<List<Item>> rows() {
    return rows;
  }

  /** The row that is not full yet. */
  List<Item> open() {
    return open;
  }
}
