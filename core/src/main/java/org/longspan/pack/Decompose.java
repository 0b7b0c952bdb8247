package org.longspan.pack;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sequences of one piece of one document, of the lengths of {@link DatasetDecomposition} (arXiv
 * 2405.13226). Nothing is packed but tails, where they are kept.
 *
 * <p>Cost: O(pieces).
 */
public final class Decompose implements Packer {
  static final String NAME = "decompose";

  /** The reason for the end of a document that fills no piece. */
  static final String TAIL = "tail";

  /** The reason for a document of fewer tokens than the smallest piece. */
  static final String TOO_SHORT = "too-short";

  /** What becomes of the end of a document, fewer tokens than the smallest piece. */
  public enum Tail {
    /** It goes into no sequence, as published. */
    DROP,
    /** Tails share sequences of the smallest length, by best fit. */
    PACK
  }

  /**
   * Which pieces there are.
   *
   * @param unit tokens of a piece
   * @param shortest tokens of the smallest piece, a power of two
   */
  public record Options(
      DatasetDecomposition.Unit unit,
      int shortest,
      DatasetDecomposition.Overlong overlong,
      Tail tail)
      implements Serializable {
    /** The released code, but that pieces have 2^k tokens as in the paper. */
    public static final Options PUBLISHED =
        new Options(
            DatasetDecomposition.Unit.POWER, 256, DatasetDecomposition.Overlong.LONGEST, Tail.DROP);
  }

  private final DatasetDecomposition buckets;
  private final Tail tail;

  /**
   * @param longest tokens of the greatest piece, a power of two
   * @throws IllegalArgumentException where a length is no power of two, or the shortest is longer
   */
  Decompose(int longest, Options options) {
    this.buckets =
        new DatasetDecomposition(
            options.unit(), power(options.shortest()), power(longest), options.overlong());
    this.tail = options.tail();
  }

  private static int power(int tokens) {
    if (Integer.bitCount(tokens) != 1) {
      throw new IllegalArgumentException(
          "Dataset Decomposition has pieces of powers of two, and %,d tokens are none; the next ones are %,d and %,d."
              .formatted(
                  tokens, Integer.highestOneBit(tokens), 2L * Integer.highestOneBit(tokens)));
    }

    return Integer.numberOfTrailingZeros(tokens);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<Integer> lengths(int sequenceLength) {
    Set<Integer> lengths = new TreeSet<>();
    for (int bucket = buckets.least(); bucket <= buckets.most(); bucket++) {
      lengths.add(buckets.length(bucket));
    }

    return lengths;
  }

  @Override
  public Layout pack(Slice documents, Edges edges, long seed) {
    List<Layout.Row> rows = new ArrayList<>();
    List<Item> rest = new ArrayList<>();
    List<Layout.Drop> drops = new ArrayList<>();
    for (Item copy : documents.items()) {
      int start = 0;
      for (DatasetDecomposition.Piece piece :
          buckets.pieces(documents.ids()[copy.document()], copy.length(), seed)) {
        Item item = new Item(copy.document(), copy.copy(), piece.start(), piece.end());
        rows.add(new Layout.Row(List.of(item), 1, buckets.length(piece.bucket())));
        start = piece.end();
      }

      if (start < copy.end()) {
        Item end = new Item(copy.document(), copy.copy(), start, copy.end());
        switch (tail) {
          case PACK -> rest.add(end);
          case DROP -> drops.add(new Layout.Drop(end, start == 0 ? TOO_SHORT : TAIL));
        }
      }
    }

    return new Layout(rows, rest, drops);
  }
}
