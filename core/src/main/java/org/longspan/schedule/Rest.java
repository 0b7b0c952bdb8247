package org.longspan.schedule;

/** What becomes of the sequences of a lane that fill no whole step; chance says which these are. */
public enum Rest {
  /** No step reads them, so that every step has the same number of tokens. */
  LEAVE,
  /** One more step reads them, shorter than the others, when the others are done. */
  SHORT;

  /** {@code leave} or {@code short}. */
  public static Rest parse(String name) {
    return Named.of(Rest.class, "schedule.rest", name);
  }
}
