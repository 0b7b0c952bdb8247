package org.longspan.pack;

import java.util.Set;

/**
 * A way to lay documents out: ids and lengths in, rows of items out. Implementations are immutable
 * and give the same layout for the same arguments.
 *
 * <p>Full rows are final. The items of all others, and the rest, are packed once more by best fit,
 * over all slices, into sequences of the shortest of the packer's {@linkplain #lengths lengths}.
 */
public interface Packer {
  /** The name in configurations and in the {@code packer} column. */
  String name();

  /**
   * Lays the slice out.
   *
   * @param seed the run's seed; chance comes from {@link org.longspan.seed.Seeded} alone
   */
  Layout pack(Slice documents, Edges edges, long seed);

  /**
   * Tokens that its sequences have.
   *
   * @param sequenceLength L, the one length of most packers
   */
  default Set<Integer> lengths(int sequenceLength) {
    return Set.of(sequenceLength);
  }

  /** From where the documents of a slice are. */
  default Reach reach() {
    return Reach.DOMAIN;
  }

  /** Whether its rows are of related documents, and one brought together by chance is starved. */
  default boolean relates() {
    return false;
  }

  /** Whether a token of a copy stands in one sequence or may stand in several. */
  default Repeats repeats() {
    return Repeats.NONE;
  }

  /** From where the documents of a slice are. */
  enum Reach {
    /** From one domain. */
    DOMAIN,
    /** From the whole corpus. */
    CORPUS
  }

  /** Whether tokens are repeated. */
  enum Repeats {
    /** A token of a copy stands in one sequence. */
    NONE,
    /** Sequences of a document may overlap; what they repeat is counted. */
    OVERLAPS
  }
}
