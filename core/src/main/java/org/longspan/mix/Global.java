package org.longspan.mix;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.longspan.length.LengthBucket;

/**
 * Global length upsampling, the way of Together's LLaMA-2-7B-32K that Fu et al., arXiv 2402.10171,
 * compare with: lengths have their shares over the whole corpus, and of each length the domains
 * have what they have of it. So domains with long documents grow.
 *
 * <pre>
 *   tokens(d, b) = B share(b) t(d, b) / Σ over domains of t(·, b)
 * </pre>
 */
public record Global(Lengths lengths) implements Mix {
  private static final String NO_DOMAIN = "any domain";

  @Override
  public List<LengthBucket> ranges() {
    return lengths.ranges();
  }

  @Override
  public Targets targets(Supplies supplies, long tokens) {
    SortedMap<LengthBucket, Long> corpus = new TreeMap<>();
    supplies
        .cells()
        .forEach((cell, supply) -> corpus.merge(cell.bucket(), supply.tokens(), Long::sum));
    SortedMap<Cell, Double> targets = new TreeMap<>();
    SortedMap<LengthBucket, Double> shares = lengths.shares(supplies.borders(), corpus);
    shares.forEach(
        (bucket, share) -> {
          if (corpus.getOrDefault(bucket, 0L) == 0 && share > 0) {
            targets.put(new Cell(NO_DOMAIN, bucket), tokens * share);
          }
        });
    supplies
        .cells()
        .forEach(
            (cell, supply) -> {
              double share = shares.getOrDefault(cell.bucket(), 0.0);

              if (share > 0 && supply.tokens() > 0) {
                targets.put(cell, tokens * share * supply.tokens() / corpus.get(cell.bucket()));
              }
            });
    return new Targets(targets);
  }
}
