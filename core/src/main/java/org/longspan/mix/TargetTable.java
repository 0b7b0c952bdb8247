package org.longspan.mix;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.longspan.length.LengthBucket;

/**
 * Each of some domains has a share of all tokens in each of some ranges of lengths, as mixes are
 * printed in papers: OLMo 3, arXiv 2512.13961, table 11. What is not in the table has no tokens;
 * inside a range lengths keep their proportions.
 *
 * @param shares by domain and range; ranges of a domain do not overlap, all shares sum to 1
 */
public record TargetTable(SortedMap<String, SortedMap<LengthBucket, Double>> shares)
    implements Mix {
  private static final String KEY = "upsample.table";

  public TargetTable {
    SortedMap<String, SortedMap<LengthBucket, Double>> copy = new TreeMap<>();
    SortedMap<Cell, Double> all = new TreeMap<>();
    shares.forEach(
        (domain, ranges) -> {
          Shares.checkApart(KEY, ranges.keySet());
          copy.put(domain, Collections.unmodifiableSortedMap(new TreeMap<>(ranges)));
          ranges.forEach((range, share) -> all.put(new Cell(domain, range), share));
        });
    Shares.check(KEY, all);
    shares = Collections.unmodifiableSortedMap(copy);
  }

  @Override
  public List<LengthBucket> ranges() {
    TreeSet<LengthBucket> all = new TreeSet<>();
    shares.values().forEach(ranges -> all.addAll(ranges.keySet()));
    return List.copyOf(all);
  }

  @Override
  public Targets targets(Supplies supplies, long tokens) {
    supplies.check(shares.keySet(), KEY);
    SortedMap<Cell, Double> targets = new TreeMap<>();
    shares.forEach(
        (domain, ranges) -> {
          SortedMap<LengthBucket, Double> spread = new TreeMap<>();
          SortedMap<LengthBucket, Long> lengths = supplies.lengths(domain);
          ranges.forEach(
              (range, share) ->
                  LengthHistogram.spread(supplies.borders().inside(range), lengths, share, spread));
          spread.forEach((bucket, share) -> targets.put(new Cell(domain, bucket), tokens * share));
        });
    return new Targets(targets);
  }
}
