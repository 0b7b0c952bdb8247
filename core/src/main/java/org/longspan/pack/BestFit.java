package org.longspan.pack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Best-fit packing, "Fewer Truncations Improve Language Modeling", arXiv 2404.10830: documents
 * longer than L are cut in pieces of L, the only cuts there are; the pieces, longest first, each go
 * to the row with the least room that is enough, and to a new row where there is none. At most 11/9
 * of the fewest rows possible, asymptotically; on real corpora within a few rows of them.
 *
 * <p>Rows have at most L tokens and are not padded; nothing is left over. Relatedness plays no
 * part.
 *
 * <p>Copies of a document never share a row: an item goes to the best-fitting row that does not
 * hold its document yet, and opens one where there is none. Where every document has one copy the
 * layout is exactly best-fit-decreasing.
 *
 * <p>Cost: O((n + L) log L) time and O(n + L) memory for n pieces; sorting is by counting. A piece
 * of a document with c of them looks at c rows at most.
 */
public final class BestFit implements Packer {
  static final String NAME = "best-fit";

  private final int sequenceLength;

  /**
   * @param sequenceLength L, the most tokens of a row, at least 1
   */
  public BestFit(int sequenceLength) {
    if (sequenceLength < 1) {
      throw new IllegalArgumentException(
          "Best-fit needs a sequence length of at least 1, not " + sequenceLength + ".");
    }

    this.sequenceLength = sequenceLength;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Layout pack(Slice documents, Edges edges, long seed) {
    List<Item> items = new ArrayList<>();
    for (int d = 0; d < documents.size(); d++) {
      for (int copy = 0; copy < documents.copies()[d]; copy++) {
        items.add(new Item(d, copy, 0, documents.length(d, copy)));
      }
    }

    return pack(items);
  }

  /** Lays out any items, such as the {@link Layout#rest()} of another packer. */
  public Layout pack(List<Item> items) {
    List<Item> pieces = pieces(items);
    int[] lengths = pieces.stream().mapToInt(Item::length).toArray();
    int[] documents = pieces.stream().mapToInt(Item::document).toArray();
    int[] bins = bins(lengths, documents, sequenceLength);

    List<List<Item>> rows = new ArrayList<>();
    for (int piece : longestFirst(lengths, sequenceLength)) {
      while (rows.size() <= bins[piece]) {
        rows.add(new ArrayList<>(1));
      }

      rows.get(bins[piece]).add(pieces.get(piece));
    }

    return new Layout(
        rows.stream().map(row -> new Layout.Row(row, row.size() == 1 ? 1 : 0)).toList(), List.of());
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

  /** As {@link #bins(int[], int)}, and keeps equal documents apart as the class says. */
  private static int[] bins(int[] lengths, int[] documents, int capacity) {
    Apart apart = new Apart(documents, capacity);
    int[] bins = new int[lengths.length];
    for (int item : longestFirst(lengths, capacity)) {
      bins[item] = apart.place(documents[item], lengths[item]);
    }

    return bins;
  }

  private List<Item> pieces(List<Item> items) {
    List<Item> pieces = new ArrayList<>(items.size());
    for (Item item : items) {
      for (int start = item.start(); start < item.end(); ) {
        int end = start + Math.min(sequenceLength, item.end() - start);
        pieces.add(new Item(item.document(), item.copy(), start, end));
        start = end;
      }
    }

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

  /** Best fit among the rows that do not hold the document yet. */
  private static final class Apart {
    private final OpenRows rows;

    /** Pieces of each document. */
    private final int[] pieces;

    /** Which row holds which repeated document: the document's number above the row's. */
    private final Set<Long> held = new HashSet<>();

    Apart(int[] documents, int capacity) {
      rows = new OpenRows(capacity);
      pieces = new int[Arrays.stream(documents).max().orElse(-1) + 1];
      for (int document : documents) {
        pieces[document]++;
      }
    }

    int place(int document, int length) {
      int row = rows.best(length);
      while (row >= 0 && pieces[document] > 1 && held.contains(key(document, row))) {
        row = rows.nextBest(row);
      }

      int chosen = row < 0 ? rows.open() : row;
      rows.place(chosen, length);
      if (pieces[document] > 1) {
        held.add(key(document, chosen));
      }

      return chosen;
    }

    private static Long key(int document, int row) {
      return ((long) document << 32) | row;
    }
  }
}
