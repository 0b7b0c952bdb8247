package org.longspan.pack;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.longspan.seed.Seeded;

/**
 * NExtLong, negative document extension, arXiv 2501.12766: a document, the meta document, is cut
 * into chunks, and hard negatives, chunks of similar documents, come between them until the row has
 * L tokens. What depends on what in the meta document is then far apart, with similar text between.
 *
 * <pre>
 *   chunks m1 .. mp of the meta document; negatives n1, n2, .. the best first, none used twice
 *   row = [m1 n n ..] [m2 n n ..] .. [mp n n ..]      at most k negatives a chunk
 *   k   = (T E w - S) / (p s)     T tokens of a row, E characters a token, w safety,
 *                                 S characters of the meta document, p chunks of s characters
 * </pre>
 *
 * <p>What differs from the paper:
 *
 * <ul>
 *   <li>Chunks are counted in tokens. The paper's 2,048 characters are 455 tokens at 4.5 each.
 *   <li>Neighbours are found for documents, not for chunks: the negatives are the chunks of the
 *       meta document's neighbours, the nearest document first, dealt in turns to its chunks. The
 *       paper finds hundreds of chunks for a document; where the edges are fewer than fill a row,
 *       neighbours of neighbours serve too, as many hops away as is allowed.
 *   <li>The paper cuts what is longer than L, and with it the end of the meta document. Here as
 *       many negatives are dealt as fill the row, the last one cut, so the meta document stands
 *       whole and in order.
 *   <li>A chunk is used once in the whole slice, and a document that has given one away is no meta
 *       document any more.
 * </ul>
 *
 * <p>A meta document whose neighbours can't fill a row is not extended, as a trainer should not see
 * it joined with anything else; it may serve as a negative. What is in no row goes to {@link
 * Layout#rest()}; long documents and copies are as {@link RelatedPacker} says.
 *
 * <p>Cost: O(n log n + chunks) and, for each document, the edges within its hops.
 */
public final class NextLong extends RelatedPacker {
  static final String NAME = "nextlong";

  /** Where the negatives stand that belong to a chunk. */
  public enum Placement {
    /** Behind it: the chunk is the head. The paper's best. */
    HEAD,
    /** In front of it: the chunk is the tail. */
    TAIL,
    /** Around it: the chunk is at a place by chance. */
    RANDOM
  }

  /**
   * How a document is extended.
   *
   * @param chunk tokens of a chunk, at least 1
   * @param safety w, how many times the missing tokens the negatives may have, at least 1
   * @param placement of a chunk among its negatives
   * @param hops edges between the meta document and the farthest negative, at least 1
   */
  public record Options(int chunk, double safety, Placement placement, int hops)
      implements Serializable {
    /** 2,048 characters at 4.5 a token; all negatives found for the meta document itself. */
    public static final Options PUBLISHED = new Options(455, 1.5, Placement.HEAD, 1);

    public Options {
      if (chunk < 1 || !(safety >= 1) || hops < 1) {
        throw new IllegalArgumentException(
            "NExtLong needs chunks of at least 1 token, a safety and hops of at least 1, not %d, %s and %d."
                .formatted(chunk, safety, hops));
      }
    }
  }

  private final Options options;

  /**
   * @param sequenceLength T, tokens of every row, at least 1
   */
  NextLong(int sequenceLength, Options options) {
    super(NAME, sequenceLength);
    this.options = options;
  }

  /**
   * The published k, negatives a chunk: {@code (T E w - S) / (p s)}, rounded up.
   *
   * @param tokens T, tokens of a row
   * @param charactersPerToken E of the tokenizer; 1 where all is counted in tokens
   * @param safety w
   * @param metaCharacters S, characters of the meta document
   * @param chunks p, of the meta document
   * @param chunkCharacters s, characters of a chunk
   */
  public static long negatives(
      long tokens,
      double charactersPerToken,
      double safety,
      long metaCharacters,
      int chunks,
      int chunkCharacters) {
    double missing = tokens * charactersPerToken * safety - metaCharacters;
    return (long) Math.ceil(missing / ((double) chunks * chunkCharacters));
  }

  @Override
  Layout layOut(DocumentGraph graph, long seed) {
    return new Round(graph, seed).layOut();
  }

  /** One round: what is left of each document, and the rows so far. */
  private final class Round {
    private final DocumentGraph graph;
    private final long seed;

    /** Tokens of each document that rows hold, from its front. */
    private final int[] used;

    Round(DocumentGraph graph, long seed) {
      this.graph = graph;
      this.seed = seed;
      this.used = new int[graph.size()];
    }

    Layout layOut() {
      List<Layout.Row> rows = new ArrayList<>();
      for (int meta : graph.byChance(seed, "nextlong meta")) {
        if (used[meta] == 0) {
          extend(meta, rows);
        }
      }

      List<Item> rest = new ArrayList<>();
      for (int node = 0; node < used.length; node++) {
        if (used[node] < graph.length(node)) {
          rest.add(part(node, used[node], graph.length(node)));
        }
      }

      return new Layout(rows, rest);
    }

    private void extend(int meta, List<Layout.Row> rows) {
      List<Item> chunks = graph.item(meta).pieces(options.chunk());
      List<Item> negatives = negatives(meta, chunks.size());
      if (!negatives.isEmpty()) {
        used[meta] = graph.length(meta);
        rows.add(graph.row(dealt(meta, chunks, negatives), sequenceLength));
      }
    }

    /** Takes the negatives that fill the row of a meta document, or none where they can't. */
    private List<Item> negatives(int meta, int chunks) {
      int missing = sequenceLength - graph.length(meta);
      long most =
          chunks
              * NextLong.negatives(
                  sequenceLength, 1, options.safety(), graph.length(meta), chunks, options.chunk());
      List<Item> negatives = new ArrayList<>();
      List<Integer> givers = new ArrayList<>();
      for (int neighbour : graph.around(meta, options.hops())) {
        int from = used[neighbour];
        while (from < graph.length(neighbour) && missing > 0 && negatives.size() < most) {
          int length = Math.min(Math.min(options.chunk(), missing), graph.length(neighbour) - from);
          negatives.add(part(neighbour, from, from + length).as(Item.Role.NEGATIVE));
          givers.add(neighbour);
          missing -= length;
          from += length;
        }
      }

      if (missing > 0) {
        return List.of();
      }

      for (int n = 0; n < negatives.size(); n++) {
        used[givers.get(n)] += negatives.get(n).length();
      }

      return negatives;
    }

    /** The chunks in order, each with every p-th of the negatives. */
    private List<Item> dealt(int meta, List<Item> chunks, List<Item> negatives) {
      List<Item> row = new ArrayList<>();
      for (int c = 0; c < chunks.size(); c++) {
        List<Item> extended = new ArrayList<>();
        for (int n = c; n < negatives.size(); n += chunks.size()) {
          extended.add(negatives.get(n));
        }

        extended.add(place(meta, c, extended.size()), chunks.get(c));
        row.addAll(extended);
      }

      return row;
    }

    /** How many of its negatives stand in front of a chunk. */
    private int place(int meta, int chunk, int negatives) {
      return switch (options.placement()) {
        case HEAD -> 0;
        case TAIL -> negatives;
        case RANDOM ->
            (int) Seeded.index(graph.chance(seed, "nextlong place " + chunk, meta), negatives + 1L);
      };
    }

    /** Tokens of what there is of a document, counted from its front. */
    private Item part(int node, int from, int to) {
      Item item = graph.item(node);
      return new Item(item.document(), item.copy(), item.start() + from, item.start() + to);
    }
  }
}
