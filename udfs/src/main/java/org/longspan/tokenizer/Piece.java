package org.longspan.tokenizer;

/**
 * The tokens of one piece of a text. Offsets are code points from the piece's start; tokens that
 * are bytes of one character have that character's offsets.
 *
 * @param ids token ids
 * @param starts where each token starts
 * @param ends where each token ends, exclusive
 */
record Piece(int[] ids, int[] starts, int[] ends) {
  int size() {
    return ids.length;
  }
}
