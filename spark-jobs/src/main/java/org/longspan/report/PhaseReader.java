package org.longspan.report;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.longspan.action.RelatednessFigure;
import org.longspan.action.SelectedCopies;
import org.longspan.length.LengthBucket;
import org.longspan.stage.Phase;
import org.longspan.stage.Tables;

/**
 * Reads what one phase chose and packed from its tables. Each query is one aggregation whose answer
 * has a row a domain, bucket or packer.
 */
public final class PhaseReader {
  /** Positions in documents beyond which tokens are counted: 4K to 1M. */
  private static final List<Integer> POSITIONS =
      IntStream.rangeClosed(12, 20).mapToObj(bits -> 1 << bits).toList();

  private final Function<String, Optional<Dataset<Row>>> tables;
  private final String name;
  private final int longFrom;

  /**
   * @param tables a run's committed tables by name; empty where the run has not come that far
   * @param name of the phase; empty: the run has no phases
   * @param longFrom tokens from which a document is long
   */
  public PhaseReader(Function<String, Optional<Dataset<Row>>> tables, String name, int longFrom) {
    this.tables = tables;
    this.name = name;
    this.longFrom = longFrom;
  }

  /** Runs the queries. */
  public PhaseFacts read() {
    Optional<Dataset<Row>> selection = table(Tables.SELECTION);
    Optional<Dataset<Row>> sequences = table(Tables.SEQUENCES);
    return new PhaseFacts(
        name,
        longFrom,
        selection.map(this::domains).orElse(List.of()),
        selection.map(PhaseReader::lengths).orElse(List.of()),
        selection.map(PhaseReader::beyond).orElse(List.of()),
        sequences.map(PhaseReader::packers).orElse(List.of()),
        table(Tables.RELATEDNESS).map(PhaseReader::relatedness).orElse(List.of()));
  }

  private Optional<Dataset<Row>> table(String table) {
    return tables.apply(name.isEmpty() ? table : new Phase(name).table(table));
  }

  private List<PhaseFacts.Domain> domains(Dataset<Row> selection) {
    Column tokens = col("n_tokens").cast("long");
    Column copies = col("copies").cast("long");
    Column isLong = col("n_tokens").geq(longFrom);
    Column chosen = SelectedCopies.tokens();
    return selection
        .groupBy("domain")
        .agg(
            count(lit(1)),
            sum(tokens),
            sum(when(isLong, tokens).otherwise(0L)),
            sum(copies),
            sum(chosen),
            sum(when(isLong, chosen).otherwise(0L)))
        .orderBy("domain")
        .collectAsList()
        .stream()
        .map(
            r ->
                new PhaseFacts.Domain(
                    r.getString(0),
                    r.getLong(1),
                    r.getLong(2),
                    r.getLong(3),
                    r.getLong(4),
                    r.getLong(5),
                    r.getLong(6)))
        .toList();
  }

  private static List<PhaseFacts.LengthCell> lengths(Dataset<Row> selection) {
    return selection
        .groupBy("domain", "bucket")
        .agg(sum(col("n_tokens").cast("long")), sum(SelectedCopies.tokens()))
        .collectAsList()
        .stream()
        .map(
            r ->
                new PhaseFacts.LengthCell(
                    r.getString(0), LengthBucket.parse(r.getString(1)), r.getLong(2), r.getLong(3)))
        .sorted(
            Comparator.comparing(PhaseFacts.LengthCell::domain)
                .thenComparing(PhaseFacts.LengthCell::bucket))
        .toList();
  }

  private static List<PhaseFacts.Beyond> beyond(Dataset<Row> selection) {
    List<Column> sums = new ArrayList<>();
    for (int position : POSITIONS) {
      sums.add(sum(SelectedCopies.beyondOnce(position)));
      sums.add(sum(SelectedCopies.beyond(position)));
    }

    List<PhaseFacts.Beyond> beyond = new ArrayList<>();
    for (Row r :
        selection
            .groupBy("domain")
            .agg(sums.get(0), sums.subList(1, sums.size()).toArray(new Column[0]))
            .orderBy("domain")
            .collectAsList()) {
      for (int p = 0; p < POSITIONS.size(); p++) {
        beyond.add(
            new PhaseFacts.Beyond(
                r.getString(0), POSITIONS.get(p), r.getLong(1 + 2 * p), r.getLong(2 + 2 * p)));
      }
    }

    return beyond;
  }

  private static List<RelatednessFigure> relatedness(Dataset<Row> figures) {
    return figures.orderBy("measure", "domain", "at_least").collectAsList().stream()
        .map(RelatednessFigure::of)
        .toList();
  }

  private static List<PhaseFacts.Packed> packers(Dataset<Row> sequences) {
    Column pads =
        aggregate(
            filter(col("spans"), span -> span.getField("role").equalTo("pad")),
            lit(0L),
            (acc, span) -> acc.plus(span.getField("end").minus(span.getField("start"))));
    Column length = aggregate(col("seq_lengths"), lit(0), Column::plus);
    return sequences
        .groupBy("packer")
        .agg(count(lit(1)), sum(pads), avg("relatedness"), sum(length), min(length), max(length))
        .orderBy("packer")
        .collectAsList()
        .stream()
        .map(
            r ->
                new PhaseFacts.Packed(
                    r.getString(0),
                    r.getLong(1),
                    r.getLong(4),
                    r.getInt(5),
                    r.getInt(6),
                    r.getLong(2),
                    r.isNullAt(3) ? 0 : r.getDouble(3)))
        .toList();
  }
}
