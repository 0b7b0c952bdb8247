package org.longspan.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.longspan.action.ScheduledLane;
import org.longspan.report.Facts.Extreme.End;
import org.longspan.stage.Tables;

/**
 * Reads the facts of a run from the tables that all its phases share. Each query is one aggregation
 * whose answer has a row a domain, bucket or reason, three of them for each scorer; text and links
 * are read for ten documents only.
 */
public final class FactsReader {
  private static final int SCORE_BINS = 24;
  private static final int EXTREMES = 5;
  private static final int EXCERPT_CHARS = 700;

  /** Parts of a training of which the report says which lengths they read. */
  private static final int SCHEDULE_PARTS = 50;

  private final Function<String, Optional<Dataset<Row>>> tables;
  private final String scorer;
  private final LinksReader links;

  /**
   * @param tables a run's committed tables by name; empty where the run has not come that far
   * @param scorer the scorer whose best and worst documents are told
   * @param scoringTokenizer where the scoring model's tokenizer lies, for the words at links
   */
  public FactsReader(
      Function<String, Optional<Dataset<Row>>> tables, String scorer, String scoringTokenizer) {
    this.tables = tables;
    this.scorer = scorer;
    this.links = new LinksReader(tables, scoringTokenizer);
  }

  /**
   * Runs the queries.
   *
   * @param phases what {@link PhaseReader} read
   */
  public Facts read(List<PhaseFacts> phases) {
    Optional<Dataset<Row>> scores =
        tables.apply(Tables.SCORES).map(all -> all.where(col("scorer").equalTo(scorer)));
    List<Facts.Extreme> extremes = scores.map(this::extremes).orElse(List.of());
    return new Facts(
        phases,
        scores.isPresent() ? scorer : null,
        scores.map(s -> counts(s, "status")).orElse(new TreeMap<>()),
        scores.map(FactsReader::scoreBins).orElse(List.of()),
        extremes,
        links.read(extremes.stream().map(Facts.Extreme::document).distinct().toList()),
        tables.apply(Tables.SCORES).map(this::others).orElse(List.of()),
        tables.apply(Tables.SCHEDULE).map(FactsReader::schedule).orElse(Facts.Schedule.NONE),
        tables.apply(Tables.DROPS).map(FactsReader::drops).orElse(List.of()),
        tables.apply(Tables.QUARANTINE).map(q -> counts(q, "reason")).orElse(new TreeMap<>()));
  }

  private static Map<String, Long> counts(Dataset<Row> rows, String by) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (Row r : rows.groupBy(by).count().orderBy(by).collectAsList()) {
      counts.put(r.getString(0), r.getLong(1));
    }

    return counts;
  }

  private static List<Facts.ScoreBin> scoreBins(Dataset<Row> scores) {
    Dataset<Row> scored = scores.where(col("score").isNotNull());
    Row range = scored.agg(min("score"), max("score")).head();
    if (range.isNullAt(0)) {
      return List.of();
    }

    double low = range.getDouble(0);
    double width = Math.max((range.getDouble(1) - low) / SCORE_BINS, Double.MIN_NORMAL);
    Column bin =
        least(floor(col("score").minus(low).divide(width)).cast("int"), lit(SCORE_BINS - 1));
    return scored
        .groupBy(col("domain"), bin.as("bin"))
        .count()
        .orderBy("domain", "bin")
        .collectAsList()
        .stream()
        .map(
            r ->
                new Facts.ScoreBin(
                    r.getString(0),
                    low + r.getInt(1) * width,
                    low + (r.getInt(1) + 1) * width,
                    r.getLong(2)))
        .toList();
  }

  private List<Facts.Scored> others(Dataset<Row> scores) {
    return counts(scores, "scorer").keySet().stream()
        .filter(name -> !name.equals(scorer))
        .map(
            name -> {
              Dataset<Row> own = scores.where(col("scorer").equalTo(name));
              return new Facts.Scored(name, counts(own, "status"), scoreBins(own));
            })
        .toList();
  }

  private List<Facts.Extreme> extremes(Dataset<Row> scores) {
    Dataset<Row> scored = scores.where(col("score").isNotNull()).select("doc_id", "score");
    List<Facts.Extreme> all = new ArrayList<>();
    all.addAll(extremes(scored.orderBy(col("score").desc(), col("doc_id")), End.BEST));
    all.addAll(extremes(scored.orderBy(col("score").asc(), col("doc_id")), End.WORST));
    return all;
  }

  private List<Facts.Extreme> extremes(Dataset<Row> ranked, End end) {
    Map<String, Double> chosen = new LinkedHashMap<>();
    for (Row r : ranked.limit(EXTREMES).collectAsList()) {
      chosen.put(r.getString(0), r.getDouble(1));
    }

    Column named = col("doc_id").isin(chosen.keySet().toArray());
    Map<String, Integer> tokens = new LinkedHashMap<>();
    tables
        .apply(Tables.TOKENS)
        .ifPresent(
            t ->
                t.where(named)
                    .select("doc_id", "n_tokens")
                    .collectAsList()
                    .forEach(r -> tokens.put(r.getString(0), r.getInt(1))));
    Map<String, Row> documents = new LinkedHashMap<>();
    tables
        .apply(Tables.DOCUMENTS)
        .ifPresent(
            d ->
                d.where(named)
                    .select(col("doc_id"), col("domain"), substring(col("text"), 1, EXCERPT_CHARS))
                    .collectAsList()
                    .forEach(r -> documents.put(r.getString(0), r)));
    List<Facts.Extreme> extremes = new ArrayList<>();
    chosen.forEach(
        (id, score) -> {
          Row document = documents.get(id);
          extremes.add(
              new Facts.Extreme(
                  end,
                  extremes.size() + 1,
                  id,
                  document == null ? "" : document.getString(1),
                  tokens.getOrDefault(id, 0),
                  score,
                  document == null ? "" : document.getString(2)));
        });
    return extremes;
  }

  private static Facts.Schedule schedule(Dataset<Row> schedule) {
    List<ScheduledLane> lanes = ScheduledLane.of(schedule);
    long steps = lanes.stream().mapToLong(ScheduledLane::steps).sum();
    long parts = Math.min(steps, SCHEDULE_PARTS);
    List<Facts.Turn> turns =
        schedule
            .groupBy(
                expr("step * %d div %d".formatted(parts, steps)).as("part"),
                col("phase"),
                col("sequence_length"))
            .count()
            .orderBy("part", "phase", "sequence_length")
            .collectAsList()
            .stream()
            .map(
                row ->
                    new Facts.Turn(
                        (row.getLong(0) + 0.5) * steps / parts,
                        ScheduledLane.label(row.getString(1), row.getInt(2)),
                        row.getLong(3)))
            .toList();
    return new Facts.Schedule(lanes, turns);
  }

  private static List<Facts.Dropped> drops(Dataset<Row> drops) {
    return drops
        .groupBy("stage", "reason")
        .agg(count(lit(1)), sum("tokens"))
        .orderBy("stage", "reason")
        .collectAsList()
        .stream()
        .map(
            r ->
                new Facts.Dropped(
                    r.getString(0), r.getString(1), r.getLong(2), r.isNullAt(3) ? 0 : r.getLong(3)))
        .toList();
  }
}
