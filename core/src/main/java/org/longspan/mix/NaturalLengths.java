package org.longspan.mix;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.longspan.length.LengthBorders;
import org.longspan.length.LengthBucket;

/** Every length keeps its share of the tokens. */
public record NaturalLengths() implements Lengths {
  @Override
  public List<LengthBucket> ranges() {
    return List.of();
  }

  @Override
  public SortedMap<LengthBucket, Double> shares(
      LengthBorders borders, SortedMap<LengthBucket, Long> tokens) {
    long all = tokens.values().stream().mapToLong(Long::longValue).sum();
    SortedMap<LengthBucket, Double> shares = new TreeMap<>();
    tokens.forEach((bucket, there) -> shares.put(bucket, (double) there / all));
    return shares;
  }
}
