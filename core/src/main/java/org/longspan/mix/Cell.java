package org.longspan.mix;

import java.util.Comparator;

/** The short or the long documents of one domain: what a rate is set for. */
public record Cell(String domain, Length length) implements Comparable<Cell> {
  private static final Comparator<Cell> ORDER =
      Comparator.comparing(Cell::domain).thenComparing(Cell::length);

  @Override
  public int compareTo(Cell other) {
    return ORDER.compare(this, other);
  }
}
