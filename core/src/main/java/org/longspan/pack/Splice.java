package org.longspan.pack;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.longspan.seed.Seeded;

/**
 * SPLiCe, structured packing of related documents, arXiv 2312.17296.
 *
 * <p>A row begins with a root drawn by chance among the unused documents. A queue, first in first
 * out, then brings for each of its documents the k most similar documents that are still unused,
 * until the row has L tokens; with k = 1 this is a chain of nearest neighbours. The documents are
 * put in {@link Order}, joined, and cut at exactly L.
 *
 * <p>What the paper leaves open, and how it is decided here:
 *
 * <ul>
 *   <li>A document is used once in the slice, not once a row, and none is used without need: the
 *       walk stops in the middle of a document's neighbours when the row is full.
 *   <li>When the queue runs dry, a further root continues the row; that join counts as similarity
 *       0.
 *   <li>What the cut leaves over goes to {@link Layout#rest()}: the tail of the cut document and,
 *       under the other orders than {@link Order#IDENTITY}, whole documents that came to stand
 *       behind the cut. So do all unused documents once they have fewer than L tokens together.
 *   <li>A document of L tokens or more fills rows of its own with its leading whole pieces of L, of
 *       relatedness 1, and only the piece behind them, shorter than L, walks. A long document thus
 *       never stands behind a cut with more than that piece.
 *   <li>Copies walk in rounds: round r holds the documents with more than r copies, and no row
 *       spans two rounds. So copies of a document never share a row.
 * </ul>
 *
 * <p>Every row has exactly L tokens. Its relatedness is the mean similarity of the joins of the
 * documents that stay in it. Cost: O(placed copies · listed neighbours), and one sort of the slice
 * a round for the roots; a few arrays of one number a document.
 */
public final class Splice implements Packer {
  static final String NAME = "splice";

  /** How the documents of a row stand before it is cut. */
  public enum Order {
    /** As the walk found them. */
    IDENTITY,
    /** By chance. */
    SHUFFLE,
    /** The last found first, the root at the end. */
    REVERSE
  }

  /**
   * How SPLiCe walks.
   *
   * @param branching k, neighbours that each document brings, at least 1
   * @param order of a row's documents
   * @param noise the share of neighbours in whose stead a document by chance is taken, from 0 to 1:
   *     the paper's ablation
   */
  public record Options(int branching, Order order, double noise) implements Serializable {
    public static final Options PUBLISHED = new Options(1, Order.IDENTITY);

    public Options {
      if (branching < 1) {
        throw new IllegalArgumentException(
            "SPLiCe needs a branching of at least 1, not %d.".formatted(branching));
      }

      if (!(noise >= 0 && noise <= 1)) {
        throw new IllegalArgumentException(
            "The noise of SPLiCe is a share from 0 to 1, not %s.".formatted(noise));
      }
    }

    /** Without noise. */
    public Options(int branching, Order order) {
      this(branching, order, 0);
    }

    public Options withBranching(int neighbours) {
      return new Options(neighbours, order, noise);
    }

    public Options withOrder(Order ofRows) {
      return new Options(branching, ofRows, noise);
    }

    public Options withNoise(double share) {
      return new Options(branching, order, share);
    }
  }

  private final int sequenceLength;
  private final int branching;
  private final Order order;
  private final double noise;

  /**
   * @param sequenceLength L, tokens of every row, at least 1
   */
  public Splice(int sequenceLength, Options options) {
    this.sequenceLength = sequenceLength;
    this.branching = options.branching();
    this.order = options.order();
    this.noise = options.noise();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean relates() {
    return true;
  }

  @Override
  public Layout pack(Slice documents, Edges edges, long seed) {
    if (edges.size() != documents.size()) {
      throw new IllegalArgumentException(
          "The slice has %d documents but there are edges of %d."
              .formatted(documents.size(), edges.size()));
    }

    Walk walk = new Walk(documents, edges, seed);
    int[] copies = documents.copies();
    int[] walking = IntStream.range(0, documents.size()).toArray();
    for (int round = 0; walking.length > 0; round++) {
      walk.round(round, walking);
      int copiesSoFar = round + 1;
      walking = Arrays.stream(walking).filter(d -> copies[d] > copiesSoFar).toArray();
    }

    return new Layout(walk.rows, walk.rest);
  }

  /** The state of one slice's walk: which copies have left it, and the row that is being filled. */
  private final class Walk {
    private final Slice slice;
    private final Edges edges;
    private final long seed;
    private final List<Layout.Row> rows = new ArrayList<>();
    private final List<Item> rest = new ArrayList<>();

    /** For each document, how many of its copies have left the walk. */
    private final int[] gone;

    /** The row's documents in order of discovery, which is the order of the queue as well. */
    private final int[] found;

    /** The similarity of the edge that brought each of them; 0 for a root. */
    private final double[] similarity;

    private int size;
    private int round;
    private int[] roots;
    private int nextRoot;

    Walk(Slice slice, Edges edges, long seed) {
      this.slice = slice;
      this.edges = edges;
      this.seed = seed;
      this.gone = new int[slice.size()];
      this.found = new int[Math.min(slice.size(), sequenceLength)];
      this.similarity = new double[found.length];
    }

    /** Places one copy of each of these documents, given in ascending order. */
    void round(int number, int[] documents) {
      round = number;
      int[] drawn = HashOrder.of(documents.length, i -> hash("splice root", documents[i]));
      roots = Arrays.stream(drawn).map(i -> documents[i]).toArray();
      nextRoot = 0;

      long left = 0;
      for (int d : documents) {
        fillRowsAlone(d);
        left += walkingTokens(d);
      }

      while (left >= sequenceLength) {
        left -= findRow();
        layRow();
      }

      for (int d : documents) {
        if (isOpen(d)) {
          gone[d]++;
          rest.add(new Item(d, round, walkingStart(d), slice.length(d, round)));
        }
      }
    }

    /** Rows for the whole pieces of L at a document's head. */
    private void fillRowsAlone(int d) {
      for (int start = 0; start < walkingStart(d); start += sequenceLength) {
        Item piece = new Item(d, round, start, start + sequenceLength);
        rows.add(new Layout.Row(List.of(piece), 1, sequenceLength));
      }

      if (walkingTokens(d) == 0) {
        gone[d]++;
      }
    }

    /** Walks until the found documents have L tokens; gives back how many they have. */
    private long findRow() {
      long tokens = 0;
      size = 0;
      for (int head = 0; tokens < sequenceLength; ) {
        if (head == size) {
          tokens += take(root(), 0);
        } else {
          tokens = takeNeighbours(found[head++], tokens);
        }
      }

      return tokens;
    }

    private long takeNeighbours(int d, long tokensBefore) {
      int[] neighbours = edges.neighbours()[d];
      long tokens = tokensBefore;
      int taken = 0;
      for (int n = 0; n < neighbours.length && taken < branching && tokens < sequenceLength; n++) {
        if (isOpen(neighbours[n])) {
          tokens +=
              isNoise(d, n) ? take(root(), 0) : take(neighbours[n], edges.similarities()[d][n]);
          taken++;
        }
      }

      return tokens;
    }

    /** Whether a document by chance takes the place of a document's n-th neighbour. */
    private boolean isNoise(int d, int n) {
      long number = ((long) round << Integer.SIZE) | n;
      return noise > 0
          && Seeded.unit(Seeded.hash(seed, "splice noise", slice.ids()[d], number)) < noise;
    }

    private int take(int d, double similarityOfJoin) {
      gone[d]++;
      found[size] = d;
      similarity[size] = similarityOfJoin;
      size++;
      return walkingTokens(d);
    }

    private int root() {
      while (!isOpen(roots[nextRoot])) {
        nextRoot++;
      }

      return roots[nextRoot];
    }

    /**
     * Puts the found documents in order, cuts at L, and hands what is behind the cut to the rest.
     */
    private void layRow() {
      List<Item> items = new ArrayList<>();
      double similarities = 0;
      int joins = 0;
      int room = sequenceLength;
      for (int position : positions()) {
        int d = found[position];
        int start = walkingStart(d);
        int end = slice.length(d, round);
        int cut = start + Math.min(room, end - start);
        if (cut > start) {
          items.add(new Item(d, round, start, cut));
          room -= cut - start;
          similarities += similarity[position];
          joins += position > 0 ? 1 : 0;
        }

        if (cut < end) {
          rest.add(new Item(d, round, cut, end));
        }
      }

      rows.add(new Layout.Row(items, similarities / joins, sequenceLength));
    }

    /** Positions in {@link #found}, in the order of the row. */
    private int[] positions() {
      return switch (order) {
        case IDENTITY -> IntStream.range(0, size).toArray();
        case SHUFFLE -> HashOrder.of(size, position -> hash("splice order", found[position]));
        case REVERSE -> IntStream.range(0, size).map(position -> size - 1 - position).toArray();
      };
    }

    private long hash(String purpose, int d) {
      return Seeded.hash(seed, purpose, slice.ids()[d], round);
    }

    private boolean isOpen(int d) {
      return gone[d] == round && slice.copies()[d] > round;
    }

    /** Where the piece that walks begins: behind the whole pieces of L. */
    private int walkingStart(int d) {
      return slice.length(d, round) - walkingTokens(d);
    }

    private int walkingTokens(int d) {
      return slice.length(d, round) % sequenceLength;
    }
  }
}
