package org.longspan.mix;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What to do where cells can't have the tokens that they should. */
public enum Infeasible {
  /** Stop, and name every cell that lacks tokens. */
  FAIL,
  /** Choose fewer tokens in all, such that every share is exact. */
  SHRINK,
  /** Give what a cell lacks to other cells of its domain, and then to other domains. */
  RENORMALISE;

  /** The policy of that name: {@code fail}, {@code shrink} or {@code renormalise}. */
  public static Infeasible parse(String name) {
    for (Infeasible policy : values()) {
      if (policy.label().equals(name)) {
        return policy;
      }
    }

    throw new IllegalArgumentException(
        "upsample.infeasible must be %s, not \"%s\"."
            .formatted(
                Arrays.stream(values()).map(Infeasible::label).collect(Collectors.joining(" or ")),
                name));
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
