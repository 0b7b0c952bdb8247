package org.longspan.pack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.longspan.seed.Seeded;

/**
 * Concat-and-cut: documents are joined to one stream of tokens, which is cut every L tokens. What
 * most pretraining does, and in an order of chance the baseline that related packing has to beat.
 *
 * <p>Every row has exactly L tokens; the stream's end goes to {@link Layout#rest()}. The first
 * copies of all documents are a stream, the second ones another, so that copies of a document never
 * share a row. Relatedness is 0, and 1 where a document has a row for itself.
 *
 * <p>Cost: O(n log n) for n pieces.
 */
public final class Concat implements Packer {
  /** In order of doc_id, whatever the domain. */
  static final String AS_NAMED = "concat";

  /** In an order of chance, whatever the domain. */
  static final String RANDOM = "random";

  /** In an order of chance, each domain by itself. */
  static final String WITHIN_DOMAIN = "random-within-domain";

  private final String name;
  private final int sequenceLength;
  private final Pieces pieces;

  /**
   * @param name one of the three, which says the order
   * @param sequenceLength L, tokens of every row, at least 1
   */
  Concat(String name, int sequenceLength, Pieces pieces) {
    this.name = name;
    this.sequenceLength = sequenceLength;
    this.pieces = pieces;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Reach reach() {
    return name.equals(WITHIN_DOMAIN) ? Reach.DOMAIN : Reach.CORPUS;
  }

  @Override
  public Layout pack(Slice documents, Edges edges, long seed) {
    List<Layout.Row> rows = new ArrayList<>();
    List<Item> rest = new ArrayList<>();
    for (List<Item> round : Rounds.of(documents.items())) {
      RowCutter cutter = new RowCutter(sequenceLength);
      for (Item item : ordered(round, documents, seed)) {
        cutter.add(item);
      }

      cutter.rows().forEach(row -> rows.add(row(row)));
      rest.addAll(cutter.open());
    }

    return new Layout(rows, rest);
  }

  private List<Item> ordered(List<Item> copies, Slice documents, long seed) {
    List<Item> items = new ArrayList<>();
    copies.forEach(copy -> items.addAll(copy.pieces(pieces.most())));
    if (name.equals(AS_NAMED)) {
      return items;
    }

    int[] order =
        HashOrder.of(
            items.size(),
            i -> {
              Item item = items.get(i);
              long number = ((long) item.copy() << Integer.SIZE) | item.start();
              return Seeded.hash(seed, name, documents.ids()[item.document()], number);
            });
    return Arrays.stream(order).mapToObj(items::get).toList();
  }

  private Layout.Row row(List<Item> items) {
    return new Layout.Row(items, items.size() == 1 ? 1 : 0, sequenceLength);
  }
}
