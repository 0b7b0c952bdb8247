package org.longspan.pack;

/**
 * Quest, arXiv 2405.19846: documents that share a keyword are shuffled, joined and cut in rows, and
 * no row is of two keywords.
 *
 * <p>The keywords are the business of the edges: found with the retriever {@code keyword}, they
 * lead to documents of the same one, and all that is connected is a group. So this is {@link
 * Topics} without a bound, whatever the edges; a document with edges by several keywords would
 * connect their groups. The paper takes documents of rare keywords more often; how often a document
 * is placed is decided before packing, so that is left out.
 *
 * <p>Cost: as {@link Topics}.
 */
public final class Quest extends RelatedPacker {
  static final String NAME = "quest";

  private final Topics keywords;

  /**
   * @param sequenceLength L, tokens of every row, at least 1
   */
  Quest(int sequenceLength) {
    super(NAME, sequenceLength);
    this.keywords =
        new Topics(sequenceLength, new Topics.Options(Grouping.CONNECTED, GroupOrder.CHANCE));
  }

  @Override
  Layout layOut(DocumentGraph graph, long seed) {
    return keywords.layOut(graph, seed);
  }
}
