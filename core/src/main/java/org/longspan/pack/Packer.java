package org.longspan.pack;

/**
 * A way to lay documents out: ids and lengths in, rows of items out. Implementations are immutable
 * and give the same layout for the same arguments.
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
}
