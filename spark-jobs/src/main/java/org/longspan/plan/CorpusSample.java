package org.longspan.plan;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.longspan.mix.Length;
import org.longspan.mix.Supply;

/**
 * A sample of a corpus, and what the corpus is by it.
 *
 * @param sources in the order of the configuration
 * @param cells what they hold, each source and cell at most once
 * @param longFrom tokens from which a document is long
 */
public record CorpusSample(List<SourceSample> sources, List<CellSample> cells, int longFrom) {
  public CorpusSample {
    sources = List.copyOf(sources);
    cells = List.copyOf(cells);
  }

  /** Whether everything was read, so that nothing is an estimate. */
  public boolean isWhole() {
    return sources.stream().allMatch(SourceSample::isWhole);
  }

  /** Documents with tokens that were read. */
  public long documentsRead() {
    return cells.stream().mapToLong(CellSample::documents).sum();
  }

  /** Documents of a domain with tokens that were read. */
  public long documentsRead(String domain) {
    return cells.stream()
        .filter(cell -> cell.cell().domain().equals(domain))
        .mapToLong(CellSample::documents)
        .sum();
  }

  /** Rows of the whole input that are no documents, about. */
  public long quarantined() {
    return sources.stream().mapToLong(source -> source.whole(source.quarantined())).sum();
  }

  /** What each domain of the whole corpus has, about, by name. */
  public SortedMap<String, Supply> supplies() {
    SortedMap<String, Supply> supplies = new TreeMap<>();
    for (CellSample sampled : cells) {
      SourceSample source = sources.get(sampled.source());
      long documents = source.whole(sampled.documents());
      long tokens = source.whole(sampled.tokens());
      String domain = sampled.cell().domain();
      Supply supply =
          sampled.cell().length() == Length.LONG
              ? new Supply(domain, 0, 0, documents, tokens)
              : new Supply(domain, documents, tokens, 0, 0);
      supplies.merge(domain, supply, Supply::plus);
    }

    return supplies;
  }

  /** All of some domains' supplies as one, named {@code all}. */
  public static Supply total(Collection<Supply> supplies) {
    Supply nothing = new Supply("all", 0, 0, 0, 0);
    return supplies.stream().reduce(nothing, Supply::plus);
  }
}
