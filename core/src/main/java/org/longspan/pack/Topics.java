package org.longspan.pack;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of one topic each, LiteLong, arXiv 2509.15568: the documents of a topic are shuffled, or put
 * in order of score, joined, and cut in at most 4 rows.
 *
 * <p>There a model invents topics and BM25 finds their documents; here a topic is a group of {@link
 * Grouping}, its 4 rows are the bound of the group, and the score of a document is its similarity
 * to the others of the group. A document belongs to one topic, and is used once; the released code
 * uses it for every topic that finds it, joins a set and a list of scores that no longer belong
 * together, and loses the document that arrives at a full row.
 *
 * <p>What fills no row of a topic goes to {@link Layout#rest()}; long documents and copies are as
 * {@link RelatedPacker} says. Cost: O(n log n + E log E) for n copies.
 */
public final class Topics extends RelatedPacker {
  static final String NAME = "topics";

  /**
   * Which topics, and how their documents are joined.
   *
   * @param order of a topic's documents
   */
  public record Options(Grouping grouping, GroupOrder order) implements Serializable {
    /** At most 4 rows, shuffled. */
    public static final Options PUBLISHED = new Options(new Grouping(0, 4), GroupOrder.CHANCE);
  }

  private final Options options;

  /**
   * @param sequenceLength L, tokens of every row, at least 1
   */
  Topics(int sequenceLength, Options options) {
    super(NAME, sequenceLength);
    this.options = options;
  }

  @Override
  Layout layOut(DocumentGraph graph, long seed) {
    List<Layout.Row> rows = new ArrayList<>();
    List<Item> rest = new ArrayList<>();
    for (int[] topic : options.grouping().groups(graph, sequenceLength)) {
      List<Item> documents = options.order().of(graph, topic, seed, "topic order");
      Layout laid = graph.joined(documents, sequenceLength);
      rows.addAll(laid.rows());
      rest.addAll(laid.rest());
    }

    return new Layout(rows, rest);
  }
}
