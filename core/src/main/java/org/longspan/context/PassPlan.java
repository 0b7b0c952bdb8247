package org.longspan.context;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The forward passes over one window: at most one for each start, as long as the longest that was
 * required. Cost: O(log passes) a requirement.
 */
public final class PassPlan {
  private final TreeMap<Integer, Integer> ends = new TreeMap<>();

  /** The passes that these need over a window. */
  public static PassPlan of(int tokens, Collection<Contexts> wanted) {
    PassPlan passes = new PassPlan();
    wanted.forEach(each -> each.plan(tokens, passes));
    return passes;
  }

  /**
   * A pass over tokens start to end - 1; one of a single token predicts nothing and is left out.
   */
  public void require(int start, int end) {
    if (end - start > 1) {
      ends.merge(start, end, Math::max);
    }
  }

  /** The end of each pass, exclusive, by its start. */
  public SortedMap<Integer, Integer> ends() {
    return Collections.unmodifiableSortedMap(ends);
  }

  /** Tokens of all passes. */
  public long tokens() {
    return ends.entrySet().stream().mapToLong(pass -> pass.getValue() - pass.getKey()).sum();
  }
}
