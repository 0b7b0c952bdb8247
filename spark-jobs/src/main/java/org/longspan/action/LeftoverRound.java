package org.longspan.action;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Row;
import org.longspan.pack.BestFit;
import org.longspan.pack.Item;
import org.longspan.pack.Layout;

/**
 * The second round: what the slices could not place in full rows, of all domains together, laid out
 * by best fit. Its rows may be shorter than the sequence, and are padded then.
 *
 * <p>Memory: the parts of one group.
 */
final class LeftoverRound implements FlatMapGroupsFunction<Integer, Row, Row> {
  private static final long serialVersionUID = 1;

  private final int sequenceLength;

  LeftoverRound(int sequenceLength) {
    this.sequenceLength = sequenceLength;
  }

  /**
   * @param left packed rows of one part each, in any order
   */
  @Override
  public Iterator<Row> call(Integer group, Iterator<Row> left) {
    List<DocumentPart> parts = new ArrayList<>();
    left.forEachRemaining(row -> parts.addAll(PackedRow.of(row).parts()));
    parts.sort(DocumentPart.ORDER);

    // An item's document is the index of its document's first part, so that the packer sees which
    // items are of one document, and every item leads back to a part with the document's name.
    List<Item> items = new ArrayList<>(parts.size());
    int document = 0;
    for (int i = 0; i < parts.size(); i++) {
      DocumentPart part = parts.get(i);
      document = part.isOfDocument(parts.get(document)) ? document : i;
      items.add(part.item(document));
    }

    BestFit packer = new BestFit(sequenceLength);
    String pile = "2/%08d".formatted(group);
    List<Row> packed = new ArrayList<>();
    for (Layout.Row row : packer.pack(items).rows()) {
      List<DocumentPart> placed = row.items().stream().map(item -> part(parts, item)).toList();
      packed.add(PackedRow.laid(pile, packed.size(), packer.name(), row, placed).toRow());
    }

    return packed.iterator();
  }

  /** The copies of a document follow its first part; one may be shorter than the others. */
  private static DocumentPart part(List<DocumentPart> parts, Item item) {
    int first = item.document();
    while (parts.get(first).copy() != item.copy()) {
      first++;
    }

    return parts.get(first).as(item);
  }
}
