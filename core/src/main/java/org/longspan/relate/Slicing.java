package org.longspan.relate;

import java.io.Serializable;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.longspan.seed.Seeded;

/**
 * The rule by which documents fall into slices: each domain has ceil(documents / size) slices, and
 * a hash of its doc_id puts a document in one of them. Slices of a domain are therefore of about
 * equal size and of mixed content, and a document's slice depends on nothing but its domain's
 * count, its doc_id and the seed.
 *
 * <p>Slices are numbered through from 0, domain after domain in the order of their names. With few
 * documents some slices can be empty. Memory: two numbers a domain.
 */
public final class Slicing implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Of each domain, the number of its first slice and how many it has. */
  private record Numbers(int first, int slices) implements Serializable {}

  private final TreeMap<String, Numbers> domains = new TreeMap<>();
  private final int count;
  private final long seed;

  private Slicing(SortedMap<String, Long> documents, int size, long seed) {
    int slicesSoFar = 0;
    for (Map.Entry<String, Long> domain : documents.entrySet()) {
      int slices = Math.toIntExact((domain.getValue() + size - 1) / size);
      domains.put(domain.getKey(), new Numbers(slicesSoFar, slices));
      slicesSoFar = Math.addExact(slicesSoFar, slices);
    }

    this.count = slicesSoFar;
    this.seed = seed;
  }

  /**
   * The slices of a selection.
   *
   * @param documents chosen documents of each domain, copies not counted, at least 1 where listed
   * @param sliceDocuments documents of a slice, about; at least 1
   * @param seed the run's seed
   */
  public static Slicing of(Map<String, Long> documents, int sliceDocuments, long seed) {
    if (sliceDocuments < 1) {
      throw new IllegalArgumentException(
          "A slice needs room for at least 1 document, not " + sliceDocuments + ".");
    }

    return new Slicing(new TreeMap<>(documents), sliceDocuments, seed);
  }

  /** How many slices there are. */
  public int count() {
    return count;
  }

  /** Whether documents of this domain have slices. */
  public boolean covers(String domain) {
    return domains.containsKey(domain);
  }

  /**
   * The number of a document's slice, from 0.
   *
   * @throws IllegalArgumentException if the domain was not among those counted
   */
  public int number(String domain, String docId) {
    Numbers numbers = numbers(domain);
    return numbers.first() + part(numbers, docId);
  }

  /** The name of a document's slice: its domain and its part of it, such as {@code book#3}. */
  public String slice(String domain, String docId) {
    return domain + "#" + part(numbers(domain), docId);
  }

  private int part(Numbers numbers, String docId) {
    return (int) Seeded.index(Seeded.hash(seed, "slice", docId), numbers.slices());
  }

  private Numbers numbers(String domain) {
    Numbers numbers = domains.get(domain);
    if (numbers == null) {
      throw new IllegalArgumentException(
          "Domain %s has no slices; slices were counted for %s."
              .formatted(domain, domains.keySet()));
    }

    return numbers;
  }
}
