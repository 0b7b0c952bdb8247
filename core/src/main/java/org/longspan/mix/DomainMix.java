package org.longspan.mix;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.longspan.length.LengthBucket;

/** A mix that first sets the tokens of each domain, and then of each length inside of it. */
public interface DomainMix extends Mix {
  /** Who decides the lengths, in every domain by itself. */
  Lengths lengths();

  /**
   * The tokens that each domain should have; together {@code tokens}.
   *
   * @param supplies tokens of each domain, at least 1
   */
  SortedMap<String, Double> domains(SortedMap<String, Long> supplies, long tokens);

  /** Where weights of domains are set, for messages. */
  default String key() {
    return "upsample.weights";
  }

  @Override
  default List<LengthBucket> ranges() {
    return lengths().ranges();
  }

  @Override
  default Targets targets(Supplies supplies, long tokens) {
    SortedMap<String, Double> domains = domains(supplies.domains(), tokens);
    supplies.check(domains.keySet(), key());
    SortedMap<Cell, Double> targets = new TreeMap<>();
    domains.forEach(
        (domain, budget) ->
            lengths()
                .shares(supplies.borders(), supplies.lengths(domain))
                .forEach((bucket, share) -> targets.put(new Cell(domain, bucket), share * budget)));
    return new Targets(targets);
  }
}
