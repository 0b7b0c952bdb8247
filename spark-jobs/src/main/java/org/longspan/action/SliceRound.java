package org.longspan.action;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.CoGroupFunction;
import org.apache.spark.sql.Row;
import org.longspan.pack.Edges;
import org.longspan.pack.Item;
import org.longspan.pack.Layout;
import org.longspan.pack.Packer;
import org.longspan.pack.Slice;

/**
 * The first round: the documents of a slice and the edges between them, in one task. Full rows are
 * final; the parts of all others go on to the {@link LeftoverRound}.
 *
 * <p>Memory: ids, lengths and edges of one slice.
 */
final class SliceRound implements CoGroupFunction<Integer, Row, Row, Row> {
  private static final long serialVersionUID = 1;

  private final PackSettings settings;

  SliceRound(PackSettings settings) {
    this.settings = settings;
  }

  /**
   * @param documents rows of (doc_id, home, domain, n_tokens, copies, last_copy)
   * @param edges rows of (doc_id, home, neighbour_id, rank, similarity), a document's edges
   *     together and the most similar first; an end outside the slice is passed over
   */
  @Override
  public Iterator<Row> call(Integer slice, Iterator<Row> documents, Iterator<Row> edges) {
    List<Member> members = new ArrayList<>();
    documents.forEachRemaining(row -> members.add(Member.of(row)));
    members.sort(Comparator.comparing(Member::docId));

    Slice ids =
        new Slice(
            members.stream().map(Member::docId).toArray(String[]::new),
            members.stream().mapToInt(m -> m.tokens() + settings.separators()).toArray(),
            members.stream().mapToInt(Member::copies).toArray(),
            members.stream().mapToInt(m -> m.lastCopy() + settings.separators()).toArray());
    Packer packer = settings.newPacker();
    Layout layout = packer.pack(ids, neighbours(ids.ids(), edges), settings.seed());

    String pile = "1/%08d".formatted(slice);
    List<Row> packed = new ArrayList<>();
    Map<Integer, Integer> numbers = new HashMap<>();
    List<DocumentPart> left = new ArrayList<>();
    for (Layout.Row row : layout.rows()) {
      List<DocumentPart> parts =
          row.items().stream().map(item -> members.get(item.document()).part(item)).toList();
      if (row.isFull()) {
        int number = numbers.merge(row.room(), 1, Integer::sum) - 1;
        packed.add(PackedRow.laid(pile, number, packer.name(), row, parts).toRow());
      } else {
        left.addAll(parts);
      }
    }

    for (Item item : layout.rest()) {
      left.add(members.get(item.document()).part(item));
    }

    for (Layout.Drop drop : layout.drops()) {
      DocumentPart part = members.get(drop.item().document()).part(drop.item());
      packed.add(PackedRow.dropped(pile, drop.reason(), part).toRow());
    }

    left.sort(DocumentPart.ORDER);
    left.forEach(part -> packed.add(PackedRow.left(pile, part).toRow()));
    return packed.iterator();
  }

  private static Edges neighbours(String[] ids, Iterator<Row> edges) {
    int[][] neighbours = Edges.none(ids.length).neighbours();
    double[][] similarities = Edges.none(ids.length).similarities();

    while (edges.hasNext()) {
      Row edge = edges.next();
      int document = Arrays.binarySearch(ids, edge.getString(0));
      int neighbour = Arrays.binarySearch(ids, edge.getString(2));
      if (document >= 0 && neighbour >= 0 && document != neighbour) {
        int count = neighbours[document].length;
        neighbours[document] = Arrays.copyOf(neighbours[document], count + 1);
        similarities[document] = Arrays.copyOf(similarities[document], count + 1);
        neighbours[document][count] = neighbour;
        similarities[document][count] = edge.getDouble(4);
      }
    }

    return new Edges(neighbours, similarities);
  }

  /** A document of the slice. */
  private record Member(String docId, String domain, int tokens, int copies, int lastCopy) {
    static Member of(Row row) {
      return new Member(
          row.getString(0), row.getString(2), row.getInt(3), row.getInt(4), row.getInt(5));
    }

    DocumentPart part(Item item) {
      int ofCopy = item.copy() == copies - 1 ? lastCopy : tokens;
      return DocumentPart.of(item, docId, domain, ofCopy);
    }
  }
}
