package org.longspan.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sort_array;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.longspan.run.RunDirectory;
import org.longspan.score.Auc;
import org.longspan.stage.Tables;

/**
 * How well scores tell documents that people have labelled: for every scorer and domain the AUC of
 * one label against each other one. Labelled sets are small, so their scores come to the driver: a
 * number a document and scorer.
 */
public final class Evaluation {
  private static final String FILE = "evaluation.md";

  private final String good;
  private final List<Separation> separations;
  private final SortedMap<String, Long> unscored;

  private Evaluation(String good, List<Separation> separations, SortedMap<String, Long> unscored) {
    this.good = good;
    this.separations = List.copyOf(separations);
    this.unscored = unscored;
  }

  /**
   * @param scores the {@code scores} table
   * @param documents the {@code documents} table, with labels in its {@code meta}
   * @param key of {@code meta} that holds the label
   * @param good the label of the documents that should score highest
   * @throws IllegalArgumentException if no document has that label
   */
  public static Evaluation of(
      Dataset<Row> scores, Dataset<Row> documents, String key, String good) {
    Dataset<Row> labels = documents.select(col("doc_id"), element_at(col("meta"), key).as("label"));
    List<Group> groups =
        scores
            .join(labels.where(col("label").isNotNull()), "doc_id")
            .groupBy("scorer", "domain", "label")
            .agg(sort_array(collect_list("score")), count(lit(1)))
            .orderBy("scorer", "domain", "label")
            .collectAsList()
            .stream()
            .map(Group::of)
            .toList();
    return new Evaluation(good, separations(groups, key, good), unscored(groups));
  }

  /** What a scorer makes of a domain's documents with one label; its scores ascend. */
  private record Group(Place place, String label, double[] scores, long documents) {
    static Group of(Row row) {
      return new Group(
          new Place(row.getString(0), row.getString(1)),
          row.getString(2),
          row.<Double>getList(3).stream().mapToDouble(Double::doubleValue).toArray(),
          row.getLong(4));
    }

    long unscored() {
      return documents - scores.length;
    }

    Separation from(Group good) {
      boolean compares = good.scores.length > 0 && scores.length > 0;
      return new Separation(
          place.scorer,
          label,
          place.domain,
          compares ? Auc.of(good.scores, scores) : Double.NaN,
          good.scores.length,
          scores.length);
    }
  }

  /** Where documents are compared. */
  private record Place(String scorer, String domain) {}

  /**
   * Evaluates the scores of a run directory, and writes the page {@code evaluation.md} there.
   *
   * @return the page, and its path in the last line
   * @throws IllegalArgumentException if there are no scores, or no document has the good label
   */
  public static String write(SparkSession spark, String output, String key, String good) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    RunDirectory directory = RunDirectory.at(hadoop, output);
    String page =
        of(
                CommittedTables.required(spark, directory, Tables.SCORES),
                CommittedTables.required(spark, directory, Tables.DOCUMENTS),
                key,
                good)
            .markdown();
    Path file = new Path(directory.path(), FILE);

    try (OutputStream out = file.getFileSystem(hadoop).create(file, true)) {
      out.write(page.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("The evaluation could not be written to " + file + ".", e);
    }

    return "%s%nevaluation %s%n".formatted(page, directory.path(FILE));
  }

  /** One row a scorer, label and domain that has both labels; in that order. */
  public List<Separation> separations() {
    return separations;
  }

  /** A table for each label, a row a scorer, a column a domain; the last one their mean. */
  public String markdown() {
    StringBuilder page = new StringBuilder();

    for (String label : distinct(Separation::label, separation -> true)) {
      List<String> domains =
          distinct(Separation::domain, separation -> separation.label().equals(label));
      page.append("### %s against %s%n%n".formatted(good, label));
      page.append("| scorer | %s | mean |%n".formatted(String.join(" | ", domains)));
      page.append("|---|%s---|%n".formatted("---|".repeat(domains.size())));

      for (String scorer : distinct(Separation::scorer, separation -> true)) {
        page.append(row(scorer, label, domains));
      }

      page.append(String.format("%n"));
    }

    unscored.forEach(
        (scorer, count) ->
            page.append(
                "%s: %d labelled documents have no score and are left out.%n"
                    .formatted(scorer, count)));
    return page.toString();
  }

  private String row(String scorer, String label, List<String> domains) {
    List<Double> values = new ArrayList<>();

    for (String domain : domains) {
      separations.stream()
          .filter(each -> each.scorer().equals(scorer) && each.label().equals(label))
          .filter(each -> each.domain().equals(domain))
          .forEach(each -> values.add(each.auc()));
    }

    double mean =
        values.stream()
            .mapToDouble(Double::doubleValue)
            .filter(Double::isFinite)
            .average()
            .orElse(Double.NaN);
    return "| %s | %s | %s |%n"
        .formatted(
            scorer,
            values.stream().map(Evaluation::figure).collect(Collectors.joining(" | ")),
            figure(mean));
  }

  private static String figure(double auc) {
    return Double.isFinite(auc) ? String.format(Locale.ROOT, "%.2f", auc) : "-";
  }

  private List<String> distinct(Function<Separation, String> name, Predicate<Separation> which) {
    Set<String> names =
        separations.stream()
            .filter(which)
            .map(name)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return List.copyOf(names);
  }

  private static List<Separation> separations(List<Group> groups, String key, String good) {
    Map<Place, Group> goods =
        groups.stream()
            .filter(group -> group.label.equals(good))
            .collect(Collectors.toMap(Group::place, Function.identity()));
    List<Separation> separations =
        groups.stream()
            .filter(group -> !group.label.equals(good) && goods.containsKey(group.place))
            .map(group -> group.from(goods.get(group.place)))
            .toList();

    if (separations.isEmpty()) {
      throw new IllegalArgumentException(
          "No domain has documents whose meta.%s is '%s' beside others: map the label into meta (input.sources[].columns.meta { %s = FIELD }), or name the good label."
              .formatted(key, good, key));
    }

    return separations;
  }

  private static SortedMap<String, Long> unscored(List<Group> groups) {
    return groups.stream()
        .filter(group -> group.unscored() > 0)
        .collect(
            Collectors.groupingBy(
                group -> group.place.scorer,
                TreeMap::new,
                Collectors.summingLong(Group::unscored)));
  }
}
