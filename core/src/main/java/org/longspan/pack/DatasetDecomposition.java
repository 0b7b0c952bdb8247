package org.longspan.pack;

import java.util.ArrayList;
import java.util.List;
import org.longspan.seed.Seeded;

/**
 * Dataset Decomposition (variable sequence length training), arXiv 2405.13226: a document is cut
 * into pieces whose lengths are powers of two, the greatest first, and all pieces of 2^k tokens
 * make the bucket D(k). A sequence is one piece of one document, so nothing is packed and no
 * attention crosses documents; {@link org.longspan.schedule.Curriculum} says which length each step
 * of a training reads.
 *
 * <p>Paper and released code differ in a token: the paper's pieces have 2^k tokens, those of the
 * code 2^k + 1, so that each of 2^k tokens has a next one to predict inside its piece. {@link
 * Unit#POWER} is the default here, as trainers that read sequences of L tokens expect L.
 *
 * <p>Cost: O(log tokens) a document, and one step more for each piece of greatest length.
 *
 * @param unit tokens of a piece
 * @param least the smallest bucket, from 0; published: 8
 * @param most the greatest bucket, at most 30; published: 13
 * @param overlong which bucket the front of a document goes to that is longer than the greatest
 */
public record DatasetDecomposition(Unit unit, int least, int most, Overlong overlong) {
  /** The released code's defaults. */
  public static final DatasetDecomposition PUBLISHED =
      new DatasetDecomposition(Unit.POWER_AND_NEXT, 8, 13, Overlong.LONGEST);

  private static final int HIGHEST = 30;

  public DatasetDecomposition {
    if (least < 0 || most < least || most > HIGHEST) {
      throw new IllegalArgumentException(
          "Buckets reach from 0 to %d, the smaller first, not from %d to %d."
              .formatted(HIGHEST, least, most));
    }
  }

  /** Tokens of a piece. */
  public enum Unit {
    /** 2^k, as in the paper. */
    POWER(0),
    /** 2^k and the token that the last of them predicts, as in the released code. */
    POWER_AND_NEXT(1);

    private final int next;

    Unit(int next) {
      this.next = next;
    }
  }

  /** Where the front of a document goes that is longer than the greatest bucket. */
  public enum Overlong {
    /** To the greatest bucket. */
    LONGEST,
    /** To any bucket, to each with the same expected tokens: with a chance of 2^(most - k). */
    BALANCED
  }

  /**
   * A piece of a document.
   *
   * @param bucket k
   * @param start its first token
   * @param end its end, exclusive
   */
  public record Piece(int bucket, int start, int end) {}

  /** Tokens of a piece of a bucket. */
  public int length(int bucket) {
    return (1 << bucket) + unit.next;
  }

  /**
   * The pieces of a document from its first token on, without gaps. What is left at the end, fewer
   * tokens than a piece of the smallest bucket, belongs to none.
   *
   * @param docId of the document
   * @param tokens its tokens, 0 or more, a separator included where documents end in one
   * @param seed the run's seed; no chance but that of {@link Overlong#BALANCED}
   */
  public List<Piece> pieces(String docId, int tokens, long seed) {
    List<Piece> pieces = new ArrayList<>();
    int start = 0;

    while (tokens - start >= length(least)) {
      int fitting = Long.SIZE - 1 - Long.numberOfLeadingZeros((long) tokens - start - unit.next);
      int bucket = fitting > most ? front(docId, start, seed) : fitting;
      pieces.add(new Piece(bucket, start, start + length(bucket)));
      start += length(bucket);
    }

    return pieces;
  }

  private int front(String docId, int start, long seed) {
    if (overlong == Overlong.LONGEST) {
      return most;
    }

    // Of the numbers 1 .. 2^n - 1, the one half begin with bit n - 1, a quarter with n - 2, ...
    long hash = Seeded.hash(seed, "dataset decomposition", docId, start);
    long drawn = 1 + Seeded.index(hash, (1L << (most - least + 1)) - 1);
    int bit = Long.SIZE - 1 - Long.numberOfLeadingZeros(drawn);
    return most - bit;
  }
}
