package org.longspan.tokenizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Encodes a text of any length in overlapping pieces, with the ids of one pass over the whole text.
 *
 * <p>The first tokens of a piece are wrong where they lack the text before them, and the last ones
 * where they lack the text after them; neither reaches far. Where two neighbouring pieces both have
 * the same tokens at the same offsets, neither lack reaches, so the text before such a place is
 * taken from the left piece and the text after it from the right one. Nothing need be known of the
 * tokenizer's rules. For byte-pair encoding inside a word one shared token suffices: an encoding is
 * right exactly when each pair of adjacent tokens is, and each pair comes from one of the pieces.
 * What could deceive is a rule with a phase, such as digits in threes: so the pieces must agree
 * without a gap on half of the overlap, and the join is in the middle of that.
 *
 * <p>The right piece starts at one of the left one's tokens, which aligns long runs of one
 * character. Where pieces do not agree (a word that is longer than a piece and one single unknown
 * token, say), the left piece is encoded again at twice the length, with twice the overlap, until
 * they do or it holds all the rest of the text.
 *
 * <p>Cost: the encoder's for {@code (1 + overlap / length)} times the text, and at most about four
 * times as much where pieces grow. Memory: two pieces and the ids. Limit: a text whose pieces never
 * agree is encoded in one pass, in memory of its own size.
 */
final class PieceJoiner {
  private final Function<String, Piece> encoder;
  private final int length;
  private final int overlap;

  /**
   * @param encoder encodes one string
   * @param length UTF-16 units of a piece
   * @param overlap code points, about, that neighbouring pieces share; at most a quarter of the
   *     length, since a code point may be two units
   */
  PieceJoiner(Function<String, Piece> encoder, int length, int overlap) {
    if (overlap < 2 || overlap > length / 4) {
      throw new IllegalArgumentException(
          "The overlap of pieces of length %d must lie in [2, %d], not be %d."
              .formatted(length, length / 4, overlap));
    }

    this.encoder = encoder;
    this.length = length;
    this.overlap = overlap;
  }

  /** The ids of a text, which must not hold unpaired surrogates. */
  int[] encode(String text) {
    List<int[]> done = new ArrayList<>();
    Reach reach = new Reach(length, overlap);
    Part left = part(text, 0, 0, reach);
    int next = 0;

    while (left.to < text.length()) {
      Part right = partAfter(text, left, reach);
      Optional<Join> join = right.from > left.from ? join(left, right, reach) : Optional.empty();

      if (join.isPresent()) {
        done.add(Arrays.copyOfRange(left.piece.ids(), next, join.get().left));
        next = join.get().right;
        left = right;
        reach = new Reach(length, overlap);
        continue;
      }

      reach = reach.grown();
      Part grown = part(text, left.from, left.base, reach);

      if (!Arrays.equals(
          left.piece.ids(), 0, next, grown.piece.ids(), 0, Math.min(next, grown.piece.size()))) {
        return encoder.apply(text).ids();
      }

      left = grown;
    }

    done.add(Arrays.copyOfRange(left.piece.ids(), next, left.piece.size()));
    return concatenated(done);
  }

  private Part part(String text, int from, int base, Reach reach) {
    int to = (int) Math.min((long) from + reach.length, text.length());

    if (to < text.length() && Character.isLowSurrogate(text.charAt(to))) {
      to--;
    }

    return new Part(from, to, base, encoder.apply(text.substring(from, to)));
  }

  /** The part that starts at the last token of {@code left} that leaves the overlap. */
  private Part partAfter(String text, Part left, Reach reach) {
    int codePoints = text.codePointCount(left.from, left.to);
    int first = left.firstTokenFrom(codePoints - reach.overlap);
    int start = first < left.piece.size() ? left.piece.starts()[first] : codePoints - reach.overlap;
    int from = text.offsetByCodePoints(left.from, Math.max(start, 0));
    return part(text, from, left.base + Math.max(start, 0), reach);
  }

  /** Where two parts can be joined: in the middle of the longest stretch on which they agree. */
  private static Optional<Join> join(Part left, Part right, Reach reach) {
    int shift = right.base - left.base;
    int bestLength = 0;
    Join best = null;
    int l = left.firstTokenFrom(shift);
    int r = 0;

    while (l < left.piece.size() && r < right.piece.size()) {
      int agreed = agreement(left.piece, l, right.piece, r, shift);

      if (agreed > 0) {
        int stretch = left.piece.ends()[l + agreed - 1] - left.piece.starts()[l];

        if (agreed > 1 && stretch > bestLength) {
          bestLength = stretch;
          best = new Join(l + agreed / 2, r + agreed / 2);
        }

        l += agreed;
        r += agreed;
      } else if (left.piece.ends()[l] <= right.piece.ends()[r] + shift) {
        l++;
      } else {
        r++;
      }
    }

    return 2 * bestLength >= reach.overlap ? Optional.of(best) : Optional.empty();
  }

  /** How many tokens from {@code l} and {@code r} on are the same at the same place. */
  private static int agreement(Piece left, int l, Piece right, int r, int shift) {
    int n = 0;

    while (l + n < left.size()
        && r + n < right.size()
        && left.ids()[l + n] == right.ids()[r + n]
        && left.starts()[l + n] == right.starts()[r + n] + shift
        && left.ends()[l + n] == right.ends()[r + n] + shift) {
      n++;
    }

    return n;
  }

  private static int[] concatenated(List<int[]> parts) {
    int[] all = new int[parts.stream().mapToInt(part -> part.length).sum()];
    int at = 0;

    for (int[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }

    return all;
  }

  /** How much text a piece holds and shares. */
  private record Reach(int length, int overlap) {
    Reach grown() {
      return new Reach((int) Math.min(2L * length, Integer.MAX_VALUE), 2 * overlap);
    }
  }

  /** The first tokens of {@code left} and the tokens of {@code right} from there on. */
  private record Join(int left, int right) {}

  /**
   * A piece in its text.
   *
   * @param from the first UTF-16 unit
   * @param to the end in UTF-16 units, exclusive
   * @param base code points of the text before the piece
   */
  private record Part(int from, int to, int base, Piece piece) {
    /** The first token that starts at {@code codePoint} of the piece or later. */
    int firstTokenFrom(int codePoint) {
      int at = piece.size();

      while (at > 0 && piece.starts()[at - 1] >= codePoint) {
        at--;
      }

      return at;
    }
  }
}
