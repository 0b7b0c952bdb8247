package org.longspan.rank;

import java.util.Comparator;
import java.util.Optional;

/**
 * Documents that are compared with each other.
 *
 * @param domain their domain; null: all domains
 * @param bucket the label of their length bucket; null: all lengths
 */
public record Stratum(String domain, String bucket) implements Comparable<Stratum> {
  /** Every document. */
  public static final Stratum ALL = new Stratum(null, null);

  private static final Comparator<String> NULL_FIRST =
      Comparator.nullsFirst(Comparator.naturalOrder());
  private static final Comparator<Stratum> ORDER =
      Comparator.comparing(Stratum::domain, NULL_FIRST).thenComparing(Stratum::bucket, NULL_FIRST);

  public Stratum {
    if (domain == null && bucket != null) {
      throw new IllegalArgumentException("A length bucket of all domains is no stratum.");
    }
  }

  /** The next larger one: of a length bucket its domain, of a domain all; empty for all. */
  public Optional<Stratum> parent() {
    if (bucket != null) {
      return Optional.of(new Stratum(domain, null));
    }

    return domain == null ? Optional.empty() : Optional.of(ALL);
  }

  /** Steps up from a domain's length bucket: 0, 1 for a domain, 2 for all. */
  public int level() {
    return bucket != null ? 0 : domain != null ? 1 : 2;
  }

  @Override
  public int compareTo(Stratum other) {
    return ORDER.compare(this, other);
  }
}
