package org.longspan.pack;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Similar documents in alternating pieces, so that what belongs together stands apart: GLM-5, arXiv
 * 2602.15763, joins similar texts by "interleaved packing" against losing what is in the middle,
 * and prints no more. What is chosen here:
 *
 * <pre>
 *   a walk from each document to its best unused neighbour; 2 documents that follow each other
 *   become a1 b1 a2 b2, each cut into equal pieces; all is joined and cut every L tokens
 * </pre>
 *
 * <p>Two documents in two pieces are what LongSkywork, arXiv 2406.00605, found best of its chunk
 * interleaving, which takes documents by chance and cuts them at random.
 *
 * <p>The end goes to {@link Layout#rest()}; long documents and copies are as {@link RelatedPacker}
 * says. Cost: O(n log n + edges) for n copies.
 */
public final class Interleaved extends RelatedPacker {
  static final String NAME = "interleaved";

  /**
   * What alternates.
   *
   * @param documents that alternate, at least 1
   * @param pieces of each, at least 1; a document of fewer tokens has fewer
   */
  public record Options(int documents, int pieces) implements Serializable {
    /** LongSkywork's, as GLM-5 prints none. */
    public static final Options PUBLISHED = new Options(2, 2);

    public Options {
      if (documents < 1 || pieces < 1) {
        throw new IllegalArgumentException(
            "Interleaving needs at least 1 document in at least 1 piece, not %d in %d."
                .formatted(documents, pieces));
      }
    }
  }

  private final Options options;

  /**
   * @param sequenceLength L, tokens of every row, at least 1
   */
  Interleaved(int sequenceLength, Options options) {
    super(NAME, sequenceLength);
    this.options = options;
  }

  @Override
  Layout layOut(DocumentGraph graph, long seed) {
    int[] path = GreedyWalk.path(graph, graph.byChance(seed, "interleaved start"));
    List<Item> stream = new ArrayList<>();
    int together = Math.min(options.documents(), path.length);
    for (int first = 0; first < path.length; first += together) {
      int behind = Math.min(path.length - first, together) + first;
      for (int piece = 0; piece < options.pieces(); piece++) {
        for (int step = first; step < behind; step++) {
          addPiece(graph.item(path[step]), piece, stream);
        }
      }
    }

    return graph.joined(stream, sequenceLength);
  }

  private void addPiece(Item item, int piece, List<Item> stream) {
    int start = border(item, piece);
    int end = border(item, piece + 1);
    if (start < end) {
      stream.add(new Item(item.document(), item.copy(), start, end, item.role()));
    }
  }

  /** Where the piece of this number begins. */
  private int border(Item item, int piece) {
    return item.start() + (int) ((long) item.length() * piece / options.pieces());
  }
}
