package org.longspan.pack;

import java.util.Arrays;

/**
 * Rows that still have room, by how much; finding the best fit takes one step a level of {@link
 * RoomSet}.
 */
final class OpenRows {
  private static final int NONE = -1;

  private final int capacity;
  private final RoomSet rooms;

  /** The rows of each room are a doubly linked list: its first row, by room. */
  private final int[] first;

  private int[] next = new int[16];
  private int[] previous = new int[16];
  private int[] room = new int[16];
  private int count;

  OpenRows(int capacity) {
    this.capacity = capacity;
    this.rooms = new RoomSet(capacity);
    this.first = new int[capacity + 1];
    Arrays.fill(first, NONE);
  }

  /** How many rows there are, full ones too. */
  int count() {
    return count;
  }

  /** A row with the least room that is enough, or -1. */
  int best(int length) {
    int enough = rooms.ceiling(length);
    return enough < 0 ? NONE : first[enough];
  }

  /** The row that fits next best after {@code row}, or -1. */
  int nextBest(int row) {
    return next[row] != NONE ? next[row] : best(room[row] + 1);
  }

  /** A new row, empty. */
  int open() {
    if (count == room.length) {
      int larger = count + (count >> 1);
      next = Arrays.copyOf(next, larger);
      previous = Arrays.copyOf(previous, larger);
      room = Arrays.copyOf(room, larger);
    }

    room[count] = capacity;
    link(count);
    return count++;
  }

  /** Takes room from a row. */
  void place(int row, int length) {
    unlink(row);
    room[row] -= length;
    link(row);
  }

  private void link(int row) {
    int head = first[room[row]];
    previous[row] = NONE;
    next[row] = head;
    first[room[row]] = row;
    if (head == NONE) {
      rooms.add(room[row]);
    } else {
      previous[head] = row;
    }
  }

  private void unlink(int row) {
    if (next[row] != NONE) {
      previous[next[row]] = previous[row];
    }

    if (previous[row] != NONE) {
      next[previous[row]] = next[row];
      return;
    }

    first[room[row]] = next[row];
    if (next[row] == NONE) {
      rooms.remove(room[row]);
    }
  }
}
