package org.longspan.mix;

/**
 * A cell that lacks tokens.
 *
 * @param wanted tokens that it should have
 * @param available tokens that it has where each document is repeated as often as is allowed
 * @param shrunk what {@link Infeasible#SHRINK} gives it
 * @param renormalised what {@link Infeasible#RENORMALISE} gives it
 */
public record Shortage(Cell cell, long wanted, long available, Given shrunk, Given renormalised) {
  /** Tokens, and their share of all. */
  public record Given(long tokens, double share) {}

  /** Tokens that it lacks. */
  public long missing() {
    return wanted - available;
  }
}
