package org.longspan.action;

import java.util.Locale;

/** What to do where a target can't be met. */
public enum Infeasible {
  /** Stop, and name every cell that is in the way. */
  FAIL,
  /** Go as near to the target as the corpus allows, and say so. */
  SHRINK;

  /** The policy of that name: {@code fail} or {@code shrink}. */
  public static Infeasible parse(String name) {
    for (Infeasible policy : values()) {
      if (policy.name().toLowerCase(Locale.ROOT).equals(name)) {
        return policy;
      }
    }

    throw new IllegalArgumentException(
        "upsample.infeasible must be fail or shrink, not \"" + name + "\".");
  }
}
