package org.longspan.mix;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.longspan.length.LengthBucket;

/**
 * No choice but by chance or score: every cell keeps its share. With as many tokens as the corpus
 * has, every document is taken once.
 */
public record Natural() implements Mix {
  @Override
  public List<LengthBucket> ranges() {
    return List.of();
  }

  @Override
  public Targets targets(Supplies supplies, long tokens) {
    double rate = (double) tokens / supplies.total().tokens();
    SortedMap<Cell, Double> targets = new TreeMap<>();
    supplies.cells().forEach((cell, supply) -> targets.put(cell, rate * supply.tokens()));
    return new Targets(targets);
  }
}
