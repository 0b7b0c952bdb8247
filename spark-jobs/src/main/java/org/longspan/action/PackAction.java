package org.longspan.action;

import static org.apache.spark.sql.functions.col;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.KeyValueGroupedDataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.longspan.relate.Slicing;
import org.longspan.run.Balance;
import org.longspan.run.Counts;
import org.longspan.stage.StageFailedException;
import org.longspan.stage.Tables;

/**
 * Lays selected documents out on sequences of exactly L tokens.
 *
 * <p>Planning sees ids and lengths alone. Each slice of the corpus is packed by one task with the
 * edges between its documents; what does not fill a row there is packed again, over all domains, by
 * best fit. The layout is checked against the selection, and only then joined with the tokens,
 * once.
 */
public final class PackAction {
  /** Parts that one task of the second round lays out. */
  private static final long PARTS_PER_GROUP = 1_000_000;

  private static final int NO_SEPARATOR = -1;
  private static final Encoder<Row> PACKED = Encoders.row(PackedRow.SCHEMA);

  private final SparkSession spark;
  private final Dataset<Row> tokens;
  private final Dataset<Row> selection;
  private final Dataset<Row> edges;

  private String packer = "splice";
  private int sequenceLength = 131_072;
  private int branching = 1;
  private String order = "identity";
  private int separatorToken = NO_SEPARATOR;
  private int padToken;
  private int sliceDocuments = 500_000;
  private long seed = 11;

  private PackAction(
      SparkSession spark, Dataset<Row> tokens, Dataset<Row> selection, Dataset<Row> edges) {
    this.spark = spark;
    this.tokens = tokens;
    this.selection = selection;
    this.edges = edges;
  }

  /** Packs what the three tables say, with columns as in {@link Tables}. */
  public static PackAction on(
      SparkSession spark, Dataset<Row> tokens, Dataset<Row> selection, Dataset<Row> edges) {
    return new PackAction(spark, tokens, selection, edges);
  }

  /** The packer of the first round, by name; {@code splice} by default. */
  public PackAction packer(String name) {
    this.packer = name;
    return this;
  }

  /** L, tokens of every sequence; 131,072 by default. */
  public PackAction sequenceLength(int tokensOfASequence) {
    this.sequenceLength = tokensOfASequence;
    return this;
  }

  /** k of SPLiCe: neighbours that each document brings; 1 by default. */
  public PackAction branching(int neighbours) {
    this.branching = neighbours;
    return this;
  }

  /** How documents stand in a SPLiCe row, {@code identity} (the default) or {@code shuffle}. */
  public PackAction order(String name) {
    this.order = name;
    return this;
  }

  /** A token that ends every document copy; none by default, and where it is negative. */
  public PackAction separatorToken(int tokenId) {
    this.separatorToken = Math.max(tokenId, NO_SEPARATOR);
    return this;
  }

  /** The token that fills rows up, never trained; 0 by default. */
  public PackAction padToken(int tokenId) {
    this.padToken = tokenId;
    return this;
  }

  /** Documents, at most, that one task lays out; the same as in relate, 500,000 by default. */
  public PackAction sliceDocuments(int documents) {
    this.sliceDocuments = documents;
    return this;
  }

  /** Decides every chance choice; the same as in relate, 11 by default. */
  public PackAction seed(long value) {
    this.seed = value;
    return this;
  }

  /**
   * Plans and checks the layout. The tokens are joined when the result's {@code sequences} is read.
   *
   * @throws StageFailedException where nothing is selected, the tables disagree, or a setting is
   *     out of its range
   */
  public PackResult execute() {
    PackSettings settings =
        new PackSettings(
            packer,
            sequenceLength,
            branching,
            order,
            separatorToken,
            padToken,
            sliceDocuments,
            seed);
    try {
      // What would fail a task later is said now.
      settings.newPacker();
      Slicing.of(Map.of(), sliceDocuments, seed);
    } catch (IllegalArgumentException e) {
      throw new StageFailedException(e.getMessage(), e);
    }

    try (JobDescription named = new JobDescription(spark, "Pack: lay documents out on sequences")) {
      return pack(settings);
    }
  }

  private PackResult pack(PackSettings settings) {
    Instant began = Instant.now();
    ChosenDocuments chosen = ChosenDocuments.of(selection);
    if (chosen.placed().documents() == 0) {
      throw new StageFailedException(
          "There is nothing to pack: no document of the selection has both a copy and a token. Look at the drops of the stages before, and at the targets of upsample.");
    }

    Slicing slicing =
        Slicing.of(chosen.documentsByDomain(), settings.sliceDocuments(), settings.seed());
    checkTokens(chosen.rows());
    Plan plan = plan(chosen.rows(), slicing, settings);

    PackTotals all = PackTotals.over(plan.totals());
    Map<String, Counts> added = new HashMap<>();
    added.put(SequenceShape.SEPARATOR, new Counts(0, all.separators()));
    added.put(SequenceShape.PAD, new Counts(0, all.pads()));
    added.values().removeIf(Counts.NONE::equals);
    Balance balance =
        Balance.of(
            chosen.placed().plus(chosen.dropped()),
            added,
            new Counts(all.copies(), all.sequences() * sequenceLength),
            chosen.dropped().equals(Counts.NONE) ? Map.of() : Map.of("empty", chosen.dropped()));

    return new PackResult(
        TokenJoin.fill(plan.layout(), tokens, settings)
            .select(columns(Tables.SEQUENCES_SCHEMA.names())),
        plan.layout(),
        chosen.drops(),
        balance,
        PackTotals.figures(plan.totals()),
        Duration.between(began, Instant.now()));
  }

  /** A layout that has passed its check, kept by Spark, and what it comes to. */
  private record Plan(Dataset<Row> layout, List<PackTotals> totals) {}

  private Plan plan(Dataset<Row> chosen, Slicing slicing, PackSettings settings) {
    Dataset<Row> slices = packSlices(chosen, slicing, settings).persist();
    try {
      Dataset<Row> leftovers = packLeftovers(slices, settings).persist();
      try {
        return checked(slices.where(col("number").isNotNull()).union(leftovers), chosen);
      } finally {
        leftovers.unpersist();
      }
    } finally {
      // The layout is whole in Spark's storage by now, and needs neither unless it is lost there.
      slices.unpersist();
    }
  }

  private Plan checked(Dataset<Row> rows, Dataset<Row> chosen) {
    Dataset<Row> layout =
        rows.map(new LayoutRows(firstIds(rows), sequenceLength), Encoders.row(LayoutRows.SCHEMA))
            .persist();
    try {
      LayoutConservation.check(layout, chosen, sequenceLength);
      return new Plan(layout, PackTotals.of(layout));
    } catch (Exception e) {
      layout.unpersist();
      throw e;
    }
  }

  /** Round one: every slice by itself. */
  private Dataset<Row> packSlices(Dataset<Row> chosen, Slicing slicing, PackSettings settings) {
    Dataset<Row> documents = chosen.select("doc_id", "domain", "n_tokens", "copies", "last_copy");
    // Under names of their own: Spark mixes the two sides up where both have the same column.
    Dataset<Row> homes =
        chosen.select(col("doc_id").as("home_id"), col("domain").as("home_domain"));
    Dataset<Row> within =
        edges
            .join(homes, col("doc_id").equalTo(col("home_id")))
            .select("doc_id", "home_domain", "neighbour_id", "rank", "similarity");

    return bySlice(documents, slicing)
        .cogroupSorted(
            bySlice(within, slicing),
            new Column[0],
            columns("doc_id", "rank", "neighbour_id"),
            new SliceRound(settings),
            PACKED);
  }

  /** Round two: what is left of all slices, in groups that one task can hold. */
  private Dataset<Row> packLeftovers(Dataset<Row> slices, PackSettings settings) {
    Dataset<Row> left = slices.where(col("number").isNull());
    long groups = Math.max(1, (left.count() + PARTS_PER_GROUP - 1) / PARTS_PER_GROUP);

    return left.groupByKey(
            (MapFunction<Row, Integer>)
                row -> PackedRow.of(row).parts().get(0).group(settings.seed(), groups),
            Encoders.INT())
        .flatMapGroups(new LeftoverRound(settings.sequenceLength()), PACKED);
  }

  /** Rows that begin with doc_id and domain, by the number of the document's slice. */
  private static KeyValueGroupedDataset<Integer, Row> bySlice(Dataset<Row> rows, Slicing slicing) {
    return rows.groupByKey(
        (MapFunction<Row, Integer>) row -> slicing.number(row.getString(1), row.getString(0)),
        Encoders.INT());
  }

  /** The sequence_id of each pile's first row: piles in order, dense from 0. */
  private static Map<String, Long> firstIds(Dataset<Row> rows) {
    Map<String, Long> sizes = new TreeMap<>();
    rows.groupBy("pile")
        .count()
        .collectAsList()
        .forEach(row -> sizes.put(row.getString(0), row.getLong(1)));

    Map<String, Long> firstIds = new HashMap<>();
    long next = 0;
    for (Map.Entry<String, Long> size : sizes.entrySet()) {
      firstIds.put(size.getKey(), next);
      next += size.getValue();
    }

    return firstIds;
  }

  /** The selection and the tokens must be of the same documents. */
  private void checkTokens(Dataset<Row> chosen) {
    Dataset<Row> lengths = tokens.select(col("doc_id").as("id"), col("n_tokens").as("length"));
    chosen
        .join(lengths, col("doc_id").equalTo(col("id")), "left")
        .where(col("length").isNull().or(col("length").notEqual(col("n_tokens"))))
        .orderBy("doc_id")
        .limit(1)
        .select("doc_id", "n_tokens", "length")
        .collectAsList()
        .forEach(
            row -> {
              throw new StageFailedException(
                  "Document %s has %d tokens in the selection but %s in the tokens table; make both from the same documents."
                      .formatted(
                          row.getString(0), row.getInt(1), row.isNullAt(2) ? "none" : row.get(2)));
            });
  }

  private static Column[] columns(String... names) {
    return Arrays.stream(names).map(name -> col(name)).toArray(Column[]::new);
  }
}
