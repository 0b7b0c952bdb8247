package org.longspan.pack;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Best-fit packing, "Fewer Truncations Improve Language Modeling", arXiv 2404.10830: documents
 * longer than L are cut in pieces of L, the only cuts there are; the pieces, longest first, each go
 * to the row with the least room that is enough, and to a new row where there is none. At most 11/9
 * of the fewest rows possible, asymptotically; on real corpora within a few rows of them. Documents
 * may come in shorter {@link Pieces} too.
 *
 * <p>Rows have at most L tokens and are not padded; nothing is left over. Relatedness plays no
 * part.
 *
 * <p>Copies of a document never share a row: an item goes to the best-fitting row that does not
 * hold another copy of its document, and opens one where there is none. Where every document has
 * one copy the layout is exactly best-fit-decreasing.
 *
 * <p>Cost: O((n + L) log L) time and O(n + L) memory for n pieces; sorting is by counting. A piece
 * of a document with c of them looks at c rows at most.
 */
public final class BestFit implements Packer {
  static final String NAME = "best-fit";

  private final int sequenceLength;
  private final int most;

  /**
   * @param sequenceLength L, the most tokens of a row, at least 1
   */
  public BestFit(int sequenceLength) {
    this(sequenceLength, Pieces.WHOLE);
  }

  /**
   * @param pieces how documents are cut before they are packed
   */
  BestFit(int sequenceLength, Pieces pieces) {
    if (sequenceLength < 1) {
      throw new IllegalArgumentException(
          "Best-fit needs a sequence length of at least 1, not " + sequenceLength + ".");
    }

    this.sequenceLength = sequenceLength;
    this.most = Math.min(pieces.most(), sequenceLength);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Layout pack(Slice documents, Edges edges, long seed) {
    return pack(documents.items());
  }

  /** Lays out any items, such as the {@link Layout#rest()} of another packer. */
  public Layout pack(List<Item> items) {
    List<Item> pieces = pieces(items);
    int[] lengths = pieces.stream().mapToInt(Item::length).toArray();
    int[] bins = bins(pieces, lengths, sequenceLength);

    List<List<Item>> rows = new ArrayList<>();
    for (int piece : longestFirst(lengths, sequenceLength)) {
      while (rows.size() <= bins[piece]) {
        rows.add(new ArrayList<>(1));
      }

      rows.get(bins[piece]).add(pieces.get(piece));
    }

    return new Layout(
        rows.stream()
            .map(row -> new Layout.Row(row, row.size() == 1 ? 1 : 0, sequenceLength))
            .toList(),
        List.of());
  }

  /**
   * Best-fit-decreasing over lengths alone.
   *
   * @param lengths each from 1 to {@code capacity}
   * @return the bin of each, from 0, in the order in which bins were opened
   */
  public static int[] bins(int[] lengths, int capacity) {
    OpenRows rows = new OpenRows(capacity);
    int[] bins = new int[lengths.length];
    for (int item : longestFirst(lengths, capacity)) {
      int best = rows.best(lengths[item]);
      bins[item] = best < 0 ? rows.open() : best;
      rows.place(bins[item], lengths[item]);
    }

    return bins;
  }

  /** As {@link #bins(int[], int)}, and keeps copies of a document apart as the class says. */
  private static int[] bins(List<Item> pieces, int[] lengths, int capacity) {
    Apart apart = new Apart(pieces, capacity);
    int[] bins = new int[lengths.length];
    for (int piece : longestFirst(lengths, capacity)) {
      bins[piece] = apart.place(pieces.get(piece));
    }

    return bins;
  }

  private List<Item> pieces(List<Item> items) {
    List<Item> pieces = new ArrayList<>(items.size());
    items.forEach(item -> pieces.addAll(item.pieces(most)));
    return pieces;
  }

  /** The items, the longest first, equal ones as given: a counting sort, O(n + capacity). */
  private static int[] longestFirst(int[] lengths, int capacity) {
    int[] slots = new int[capacity + 1];
    for (int length : lengths) {
      if (length < 1 || length > capacity) {
        throw new IllegalArgumentException(
            "A length to pack must be from 1 to %d, not %d.".formatted(capacity, length));
      }

      slots[length]++;
    }

    int before = 0;
    for (int length = capacity; length > 0; length--) {
      int items = slots[length];
      slots[length] = before;
      before += items;
    }

    int[] sorted = new int[lengths.length];
    for (int item = 0; item < lengths.length; item++) {
      sorted[slots[lengths[item]]++] = item;
    }

    return sorted;
  }

  /** Best fit among the rows that do not hold another copy of the document. */
  private static final class Apart {
    private final OpenRows rows;

    /** Pieces of each document. */
    private final int[] pieces;

    /** Which copy of a document a row holds: the document's number above the row's. */
    private final Map<Long, Integer> held = new HashMap<>();

    Apart(List<Item> items, int capacity) {
      rows = new OpenRows(capacity);
      pieces = new int[items.stream().mapToInt(Item::document).max().orElse(-1) + 1];
      items.forEach(item -> pieces[item.document()]++);
    }

    int place(Item item) {
      boolean repeated = pieces[item.document()] > 1;
      int row = rows.best(item.length());
      while (repeated && row >= 0 && holdsAnotherCopy(row, item)) {
        row = rows.nextBest(row);
      }

      int chosen = row < 0 ? rows.open() : row;
      rows.place(chosen, item.length());
      if (repeated) {
        held.put(key(item.document(), chosen), item.copy());
      }

      return chosen;
    }

    private boolean holdsAnotherCopy(int row, Item item) {
      return held.getOrDefault(key(item.document(), row), item.copy()) != item.copy();
    }

    private static Long key(int document, int row) {
      return ((long) document << 32) | row;
    }
  }
}
