package org.longspan.context;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds verbatim copies: tokens that end an exact n-gram which stood far before them. A model
 * predicts such a token by copying, so its gain says nothing of dependency.
 *
 * <p>Cost: O(tokens) time and memory by a rolling hash; an n-gram counts as seen only if it equals
 * the first one of its hash token by token.
 *
 * @param ngram tokens of an n-gram, at least 2
 * @param distance least tokens between the two ends, at least 1
 */
public record CopiedTokens(int ngram, int distance) {
  private static final long BASE = 0x9E3779B97F4A7C15L;

  public CopiedTokens {
    if (ngram < 2 || distance < 1) {
      throw new IllegalArgumentException(
          "A copy needs n-grams of at least 2 tokens, at least 1 token apart, not %d and %d."
              .formatted(ngram, distance));
    }
  }

  /** The copies among these tokens. */
  public BitSet of(int[] tokens) {
    BitSet copies = new BitSet(tokens.length);
    Map<Long, Integer> firstEnd = new HashMap<>();
    long leaving = 1;

    for (int i = 0; i < ngram; i++) {
      leaving *= BASE;
    }

    long hash = 0;

    for (int t = 0; t < tokens.length; t++) {
      hash = hash * BASE + tokens[t] + 1;

      if (t >= ngram) {
        hash -= leaving * (tokens[t - ngram] + 1);
      }

      if (t >= ngram - 1) {
        Integer end = firstEnd.putIfAbsent(hash, t);

        if (end != null && t - end >= distance && same(tokens, end, t)) {
          copies.set(t);
        }
      }
    }

    return copies;
  }

  private boolean same(int[] tokens, int end, int other) {
    return Arrays.equals(tokens, end - ngram + 1, end + 1, tokens, other - ngram + 1, other + 1);
  }
}
