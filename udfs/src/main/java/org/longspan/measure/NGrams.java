package org.longspan.measure;

import java.nio.IntBuffer;
import java.util.HashSet;
import java.util.Set;

/** All runs of n consecutive tokens of a segment. Two runs are equal when all their tokens are. */
final class NGrams {
  private final IntBuffer[] inOrder;
  private final Set<IntBuffer> all = new HashSet<>();

  NGrams(int[] tokens, int n) {
    this.inOrder = new IntBuffer[Math.max(0, tokens.length - n + 1)];

    for (int start = 0; start < inOrder.length; start++) {
      inOrder[start] = IntBuffer.wrap(tokens, start, n);
      all.add(inOrder[start]);
    }
  }

  /** The share of another segment's runs that stand here too, 0 if it has none. */
  double share(NGrams other) {
    int shared = 0;

    for (IntBuffer run : other.inOrder) {
      shared += all.contains(run) ? 1 : 0;
    }

    return shared == 0 ? 0 : (double) shared / other.inOrder.length;
  }

  /** The sum of the weights of another segment's runs that stand here too. */
  double sum(NGrams other, float[] weights) {
    double sum = 0;

    for (int start = 0; start < other.inOrder.length; start++) {
      sum += all.contains(other.inOrder[start]) ? weights[start] : 0;
    }

    return sum;
  }
}
