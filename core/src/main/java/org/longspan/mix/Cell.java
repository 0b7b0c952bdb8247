package org.longspan.mix;

import java.util.Comparator;
import org.longspan.length.LengthBucket;

/** The documents of one domain and one length bucket: what a rate is set for. */
public record Cell(String domain, LengthBucket bucket) implements Comparable<Cell> {
  private static final Comparator<Cell> ORDER =
      Comparator.comparing(Cell::domain).thenComparing(Cell::bucket);

  @Override
  public int compareTo(Cell other) {
    return ORDER.compare(this, other);
  }

  /** As in messages: {@code web 4096-8191}. */
  @Override
  public String toString() {
    return domain + " " + bucket.label();
  }
}
