package org.longspan.cli;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.sum;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.longspan.conf.ConfigurationException;
import org.longspan.conf.Problem;
import org.longspan.run.RunDirectory;
import org.longspan.stage.Phase;
import org.longspan.stage.Tables;

/** Reads a run's tables for a person: their sizes, or one document's or one sequence's way. */
final class Inspection {
  private static final List<String> TABLES =
      List.of(
          Tables.DOCUMENTS,
          Tables.TOKENS,
          Tables.SCORES,
          Tables.TOKEN_WEIGHTS,
          Tables.LINKS,
          Tables.SELECTION,
          Tables.EDGES,
          Tables.SEQUENCES,
          Tables.RELATEDNESS,
          Tables.EXPOSURE_WEIGHTS,
          Tables.SCHEDULE,
          Tables.DROPS,
          Tables.QUARANTINE);

  /** Written only where they are asked for, so that they are never missing. */
  private static final Set<String> OPTIONAL =
      Set.of(
          Tables.TOKEN_WEIGHTS,
          Tables.LINKS,
          Tables.RELATEDNESS,
          Tables.EXPOSURE_WEIGHTS,
          Tables.SCHEDULE);

  private static final List<String> OF_A_PHASE =
      List.of(
          Tables.SELECTION,
          Tables.EDGES,
          Tables.SEQUENCES,
          Tables.RELATEDNESS,
          Tables.EXPOSURE_WEIGHTS);

  private static final int NAME_WIDTH = 12;

  /** Rows of a kind that are shown of one document. */
  private static final int SHOWN = 20;

  private static final int EXCERPT = 600;

  /** A sequence of a phase, such as {@code 64k/12}; the phase is left out where there is none. */
  private static final Pattern SEQUENCE = Pattern.compile("(?:([a-z0-9-]+)/)?(\\d{1,18})");

  private final SparkSession spark;
  private final String output;
  private final List<Phase> phases;

  private Inspection(SparkSession spark, String output) {
    this.spark = spark;
    this.output = output;
    this.phases =
        RunDirectory.anywhere(spark.sparkContext().hadoopConfiguration(), output).phases().stream()
            .map(Phase::new)
            .toList();
  }

  /**
   * A run directory's inspection.
   *
   * @throws ConfigurationException where the directory has none of a run's tables
   */
  static Inspection of(SparkSession spark, String output) {
    Inspection inspection = new Inspection(spark, output);
    if (TABLES.stream().noneMatch(inspection::exists)) {
      throw refused(
          output, "It is no run directory: it has none of the tables " + String.join(", ", TABLES));
    }

    return inspection;
  }

  /** One line a table, and what was dropped why. */
  String tables() {
    StringBuilder text = new StringBuilder();
    List<String> tables =
        tableNames().stream().filter(table -> !isOptional(table) || exists(table)).toList();
    int width = phases.isEmpty() ? 0 : tables.stream().mapToInt(String::length).max().orElse(0);
    for (String table : tables) {
      String rows = exists(table) ? "%,d rows".formatted(table(table).count()) : "not yet";
      text.append(line(table, rows, width));
    }

    if (exists(Tables.DROPS)) {
      table(Tables.DROPS)
          .groupBy("stage", "reason")
          .agg(count(lit(1)).as("rows"), sum("tokens").as("tokens"))
          .orderBy("stage", "reason")
          .collectAsList()
          .forEach(
              row ->
                  text.append(
                      line(
                          "dropped",
                          "%s, %s: %,d rows, %,d tokens"
                              .formatted(
                                  row.get(0), row.get(1), row.getLong(2), number(row, "tokens")))));
    }

    return text.toString();
  }

  private static boolean isOptional(String table) {
    return OPTIONAL.contains(table.substring(table.indexOf('/') + 1));
  }

  /** The run's tables in their order: those of each phase where it has some. */
  private List<String> tableNames() {
    if (phases.isEmpty()) {
      return TABLES;
    }

    List<String> names = new ArrayList<>(TABLES);
    names.removeAll(OF_A_PHASE);
    int drops = names.indexOf(Tables.DROPS);
    names.addAll(
        drops, phases.stream().flatMap(phase -> OF_A_PHASE.stream().map(phase::table)).toList());
    return names;
  }

  /** Where a table lies: once, or once a phase. */
  private List<String> places(String table) {
    return phases.isEmpty() ? List.of(table) : phases.stream().map(p -> p.table(table)).toList();
  }

  /** What a line about a table says first where the run has phases: which one. */
  private static String of(String table) {
    int end = table.indexOf('/');
    return end < 0 ? "" : table.substring(0, end) + ": ";
  }

  /**
   * All that is known of a document, else of a sequence.
   *
   * @throws ConfigurationException where there is neither
   */
  String row(String id) {
    Optional<String> found = document(id).or(() -> dropped(id));
    Matcher name = SEQUENCE.matcher(id);
    if (found.isEmpty() && name.matches()) {
      found = sequence(name.group(1), Long.parseLong(name.group(2)));
    }

    return found.orElseThrow(
        () ->
            refused(
                output,
                "The run has no document and no sequence named "
                    + id
                    + (phases.isEmpty()
                        ? ""
                        : "; a sequence has the name of its phase before it, such as "
                            + phases.get(0).table("0"))));
  }

  private Optional<String> document(String id) {
    Column here = col("doc_id").equalTo(id);
    Optional<Row> document =
        rows(Tables.DOCUMENTS, here, "domain", "source", "repo", "path", "chars", "text").stream()
            .findFirst();
    return document.map(
        row -> {
          StringBuilder text = new StringBuilder(line("document", id));
          for (String field : List.of("domain", "source", "repo", "path", "chars")) {
            if (row.getAs(field) != null) {
              text.append(line(field, row.getAs(field).toString()));
            }
          }

          rows(Tables.TOKENS, here, "n_tokens")
              .forEach(r -> text.append(line("tokens", "%,d".formatted(number(r, "n_tokens")))));
          rows(Tables.SCORES, here, "scorer", "status", "score", "details", "error")
              .forEach(r -> text.append(line("score", score(r))));
          rows(
                  Tables.LINKS,
                  here.and(col("rank").lt(SHOWN)),
                  "rank",
                  "start",
                  "end",
                  "earlier_start",
                  "earlier_end",
                  "strength")
              .stream()
              .sorted((a, b) -> Integer.compare(a.getInt(0), b.getInt(0)))
              .forEach(r -> text.append(line("link", link(r))));
          for (String selection : places(Tables.SELECTION)) {
            rows(selection, here, "bucket", "rate", "copies", "last_copy_tokens")
                .forEach(r -> text.append(line("chosen", of(selection) + chosen(r))));
          }

          for (String edges : places(Tables.EDGES)) {
            rows(edges, here, "rank", "neighbour_id", "similarity", "retriever").stream()
                .sorted((a, b) -> Integer.compare(a.getInt(0), b.getInt(0)))
                .map(r -> "%s%s, %s %s".formatted(of(edges), r.get(1), r.get(3), r.get(2)))
                .forEach(neighbour -> text.append(line("neighbour", neighbour)));
          }

          for (String sequences : places(Tables.SEQUENCES)) {
            sequencesOf(sequences, id).forEach(place -> text.append(line("sequence", place)));
          }

          dropped(id).ifPresent(text::append);
          text.append('\n').append(excerpt(row.getAs("text"))).append('\n');
          return text.toString();
        });
  }

  private Optional<String> dropped(String id) {
    String lines =
        rows(Tables.DROPS, col("doc_id").equalTo(id), "stage", "reason", "tokens", "detail")
            .stream()
            .map(
                r ->
                    line(
                        "dropped",
                        "%s, %s: %,d tokens%s"
                            .formatted(
                                r.get(0),
                                r.get(1),
                                number(r, "tokens"),
                                r.get(3) == null ? "" : ", " + r.get(3))))
            .collect(Collectors.joining());
    return lines.isEmpty() ? Optional.empty() : Optional.of(lines);
  }

  private List<String> sequencesOf(String sequences, String id) {
    if (!exists(sequences)) {
      return List.of();
    }

    String phase = sequences.substring(0, sequences.indexOf('/') + 1);
    return table(sequences)
        .filter(array_contains(col("spans.doc_id"), id))
        .select(
            col("sequence_id"),
            filter(col("spans"), span -> span.getField("doc_id").equalTo(id)).as("spans"))
        .orderBy("sequence_id")
        .limit(SHOWN)
        .collectAsList()
        .stream()
        .flatMap(
            row ->
                row.<Row>getList(1).stream()
                    .map(
                        span ->
                            "%s%d, copy %s, tokens %s to %s"
                                .formatted(
                                    phase,
                                    row.getLong(0),
                                    span.getAs("copy"),
                                    span.getAs("start"),
                                    span.getAs("end"))))
        .toList();
  }

  /**
   * @param phase null where none is named
   */
  private Optional<String> sequence(String phase, long id) {
    String table = phase == null ? Tables.SEQUENCES : new Phase(phase).table(Tables.SEQUENCES);
    if (!places(Tables.SEQUENCES).contains(table)) {
      return Optional.empty();
    }

    Column here = col("sequence_id").equalTo(id);
    return rows(table, here, "packer", "relatedness", "domains", "spans").stream()
        .findFirst()
        .map(
            row -> {
              StringBuilder text =
                  new StringBuilder(line("sequence", (phase == null ? "" : phase + "/") + id));
              text.append(line("packer", row.getString(0)));
              text.append(line("relatedness", String.valueOf(row.<Object>getAs(1))));
              text.append(line("domains", String.join(", ", row.<String>getList(2))));
              int at = 0;
              for (Row span : row.<Row>getList(3)) {
                int length = span.<Integer>getAs("end") - span.<Integer>getAs("start");
                text.append(line("at " + at, span(span, length)));
                at += length;
              }

              return text.toString();
            });
  }

  private static String span(Row span, int length) {
    String what = "%,d tokens, %s".formatted(length, span.getAs("role"));
    return span.getAs("doc_id") == null
        ? what
        : "%s of %s, copy %s, from %s"
            .formatted(what, span.getAs("doc_id"), span.getAs("copy"), span.getAs("start"));
  }

  private static String score(Row row) {
    String score = "%s %s".formatted(row.get(0), row.get(1));
    if (row.get(2) != null) {
      Map<String, Double> details = new TreeMap<>(row.<String, Double>getJavaMap(3));
      return "%s, %.4f %s".formatted(score, row.getDouble(2), details);
    }

    return row.get(4) == null ? score : score + ": " + row.get(4);
  }

  private static String link(Row row) {
    return "tokens %,d to %,d lean on %,d to %,d, strength %.4f"
        .formatted(row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4), row.getDouble(5));
  }

  private static String chosen(Row row) {
    return row.isNullAt(1)
        ? "%s times, left out of bucket %s before rates were set".formatted(row.get(2), row.get(0))
        : "%s times, from bucket %s at rate %.3f%s"
            .formatted(
                row.get(2),
                row.get(0),
                row.getDouble(1),
                row.isNullAt(3) ? "" : ", the last time %s tokens of it".formatted(row.get(3)));
  }

  private static String excerpt(String text) {
    return text.codePointCount(0, text.length()) > EXCERPT
        ? text.substring(0, text.offsetByCodePoints(0, EXCERPT)) + " ..."
        : text;
  }

  /** Some rows of a table; none where the run is not that far. A text is cut before it is read. */
  private List<Row> rows(String table, Column where, String... columns) {
    if (!exists(table)) {
      return List.of();
    }

    Column[] selected = new Column[columns.length];
    for (int c = 0; c < columns.length; c++) {
      selected[c] =
          columns[c].equals("text")
              ? substring(col("text"), 1, EXCERPT + 1).as("text")
              : col(columns[c]);
    }

    return table(table).filter(where).select(selected).limit(SHOWN).collectAsList();
  }

  private Dataset<Row> table(String name) {
    return spark.read().schema(Tables.schema(name)).parquet(new Path(output, name).toString());
  }

  private boolean exists(String table) {
    Path path = new Path(output, table);
    try {
      return path.getFileSystem(spark.sparkContext().hadoopConfiguration()).exists(path);
    } catch (IOException e) {
      throw new UncheckedIOException("The run directory " + output + " can't be read.", e);
    }
  }

  private static long number(Row row, String field) {
    Number number = row.getAs(field);
    return number == null ? 0 : number.longValue();
  }

  private static ConfigurationException refused(String output, String message) {
    return new ConfigurationException(List.of(new Problem(output, "", message + ".")));
  }

  private static String line(String name, String value) {
    return line(name, value, 0);
  }

  private static String line(String name, String value, int width) {
    return String.format(Locale.ROOT, "%-" + Math.max(width, NAME_WIDTH) + "s %s%n", name, value);
  }
}
