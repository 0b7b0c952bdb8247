package org.longspan.mix;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Temperature sampling, as in multilingual training (mT5, arXiv 2010.11934): a domain of n tokens
 * has a share in proportion to n^(1/T). T = 1 keeps the shares, and the higher it is the more equal
 * they are; about 3.3, an exponent of 0.3, is usual.
 *
 * @param temperature T, above 0
 */
public record Temperature(double temperature, Lengths lengths) implements DomainMix {
  public Temperature {
    if (!(temperature > 0)) {
      throw new IllegalArgumentException(
          "upsample.domain-temperature must be above 0, not " + temperature + ".");
    }
  }

  @Override
  public SortedMap<String, Double> domains(SortedMap<String, Long> supplies, long tokens) {
    // Relative to the largest, so that no power overflows.
    double most = supplies.values().stream().mapToLong(Long::longValue).max().orElseThrow();
    SortedMap<String, Double> powers = new TreeMap<>();
    supplies.forEach(
        (domain, there) -> powers.put(domain, Math.pow(there / most, 1 / temperature)));
    double sum = powers.values().stream().mapToDouble(Double::doubleValue).sum();
    powers.replaceAll((domain, power) -> tokens * power / sum);
    return powers;
  }
}
