package org.longspan.action;

import java.io.Serializable;
import java.util.Comparator;

/**
 * The rows of one length that one packing task laid out. Sequences of a length have consecutive
 * ids, the shortest first, and inside of them those of a task.
 *
 * @param room tokens of a sequence
 * @param pile as in {@link PackedRow}
 */
record PileOfRoom(int room, String pile) implements Comparable<PileOfRoom>, Serializable {
  private static final Comparator<PileOfRoom> ORDER =
      Comparator.comparingInt(PileOfRoom::room).thenComparing(PileOfRoom::pile);

  @Override
  public int compareTo(PileOfRoom other) {
    return ORDER.compare(this, other);
  }
}
