package org.longspan.mix;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.longspan.length.LengthBorders;
import org.longspan.length.LengthBucket;

/** Supplies for tests: short documents below 1,000 tokens, long ones from there on. */
final class Corpus {
  static final LengthBorders BORDERS = new LengthBorders(List.of(1_000));
  static final LengthBucket SHORT = LengthBucket.below(1_000);
  static final LengthBucket LONG = LengthBucket.atLeast(1_000);

  private final SortedMap<Cell, Supply> cells = new TreeMap<>();

  /** Tokens of a domain in short and in long documents; of 0 there is no cell. */
  Corpus domain(String name, long shortTokens, long longTokens) {
    return cell(name, SHORT, shortTokens).cell(name, LONG, longTokens);
  }

  Supplies supplies() {
    return new Supplies(BORDERS, cells);
  }

  private Corpus cell(String name, LengthBucket bucket, long tokens) {
    if (tokens > 0) {
      cells.put(new Cell(name, bucket), new Supply(1 + tokens / 5_000, tokens));
    }

    return this;
  }

  static Cell shorts(String domain) {
    return new Cell(domain, SHORT);
  }

  static Cell longs(String domain) {
    return new Cell(domain, LONG);
  }
}
