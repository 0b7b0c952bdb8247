package org.longspan.plan;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.longspan.length.LengthBorders;
import org.longspan.mix.Cell;
import org.longspan.mix.Supplies;
import org.longspan.mix.Supply;

/**
 * A sample of a corpus, and what the corpus is by it.
 *
 * @param sources in the order of the configuration
 * @param cells what they hold, each source and cell at most once
 * @param borders of the cells
 * @param longFrom tokens from which a document is long
 */
public record CorpusSample(
    List<SourceSample> sources, List<CellSample> cells, LengthBorders borders, int longFrom) {
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

  /** What each cell of the whole corpus has, about. */
  public Supplies supplies() {
    SortedMap<Cell, Supply> supplies = new TreeMap<>();
    for (CellSample sampled : cells) {
      SourceSample source = sources.get(sampled.source());
      supplies.merge(
          sampled.cell(),
          new Supply(source.whole(sampled.documents()), source.whole(sampled.tokens())),
          Supply::plus);
    }

    return new Supplies(borders, supplies);
  }

  /** Whether a cell's documents are long. */
  public boolean isLong(Cell cell) {
    return cell.bucket().from() >= longFrom;
  }
}
