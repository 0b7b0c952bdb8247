package org.longspan.relatedness;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows to compare rows with: as long as each of them, but strung together of pieces of all the
 * others. Piece i of mixed row j comes from row j + 1 + i, counted round and leaving j out, and has
 * the place there that it has here, so that every row gives about as much as it has.
 *
 * @param lengths tokens of each row
 */
public record MixedRows(List<Integer> lengths) implements Serializable {
  /** Tokens that stay together. */
  public static final int PIECE = 1_024;

  public MixedRows {
    lengths = List.copyOf(lengths);
  }

  /**
   * A piece.
   *
   * @param row the mixed row that it goes to
   * @param start the first of its tokens, in the row that it is from
   * @param end behind the last of them
   */
  public record Piece(int row, int start, int end) {}

  /** The pieces that a row gives to the mixed rows; none where there is no other row. */
  public List<Piece> from(int source) {
    int rows = lengths.size();
    int wholePieces = lengths.get(source) / PIECE;
    List<Piece> pieces = new ArrayList<>();
    for (int target = 0; target < rows; target++) {
      if (target == source || lengths.get(source) == 0) {
        continue;
      }

      int first = Math.floorMod(source - target - 1, rows);
      for (int i = first; i * PIECE < lengths.get(target); i += rows - 1) {
        int start = wholePieces == 0 ? 0 : i % wholePieces * PIECE;
        int length = Math.min(PIECE, lengths.get(target) - i * PIECE);
        pieces.add(new Piece(target, start, Math.min(start + length, lengths.get(source))));
      }
    }

    return pieces;
  }
}
