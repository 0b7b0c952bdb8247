package org.longspan.context;

/**
 * The last {@code scored} tokens of each whole chunk, seen after the part of the chunk that its
 * last {@code seen} tokens are, as LongWanjuan (arXiv 2402.13583) contrasts them. A tail shorter
 * than a chunk is not predicted. Cost: seen / chunk times the text.
 *
 * @param chunk tokens of a chunk
 * @param seen tokens of a pass, which ends with its chunk
 * @param scored tokens that are predicted, fewer than {@code seen}
 */
public record ChunkEnds(int chunk, int seen, int scored) implements Contexts {
  public ChunkEnds {
    if (scored < 1 || seen <= scored || chunk < seen) {
      throw new IllegalArgumentException(
          "The last %d of %d tokens of a chunk of %d cannot be predicted: each must be smaller than the next."
              .formatted(scored, seen, chunk));
    }
  }

  @Override
  public int start(int token, int tokens) {
    int begin = token - token % chunk;
    boolean predicted = token % chunk >= chunk - scored && (long) begin + chunk <= tokens;
    return predicted ? begin + chunk - seen : NONE;
  }

  @Override
  public void plan(int tokens, PassPlan passes) {
    for (int begin = 0; begin <= tokens - chunk; begin += chunk) {
      passes.require(begin + chunk - seen, begin + chunk);
    }
  }
}
