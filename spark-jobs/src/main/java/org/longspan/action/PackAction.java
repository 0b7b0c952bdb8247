package org.longspan.action;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.udf;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.KeyValueGroupedDataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.longspan.pack.Packer;
import org.longspan.pack.PackerParameters;
import org.longspan.relate.Slicing;
import org.longspan.run.Balance;
import org.longspan.run.Counts;
import org.longspan.stage.StageFailedException;
import org.longspan.stage.Tables;

/**
 * Lays selected documents out on sequences of exactly L tokens, or of the lengths that the packer
 * has.
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
  private static final String WHOLE_CORPUS = "";

  /** What overlapping sequences hold more than once, in the balance. */
  private static final String REPEATED = "repeated";

  private static final Encoder<Row> PACKED = Encoders.row(PackedRow.SCHEMA);

  private final SparkSession spark;
  private final Dataset<Row> tokens;
  private final Dataset<Row> selection;
  private final Dataset<Row> edges;

  private String packer = "splice";
  private int sequenceLength = 131_072;
  private final List<Record> options = new ArrayList<>();
  private LongDocuments longDocuments = LongDocuments.FRAGMENT;
  private int separatorToken = NO_SEPARATOR;
  private int padToken;
  private int sliceDocuments = 500_000;
  private Optional<Dataset<Row>> slices = Optional.empty();
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

  /** Options of the packer, such as {@code new Splice.Options(2, Splice.Order.SHUFFLE)}. */
  public PackAction options(Record ofThePacker) {
    options.add(ofThePacker);
    return this;
  }

  /** Documents longer than a sequence; {@link LongDocuments#FRAGMENT} by default. */
  public PackAction longDocuments(LongDocuments policy) {
    this.longDocuments = policy;
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

  /**
   * The slices that relate has found, the table {@code slices}: packers of related documents lay
   * out each document at home. Otherwise slices are made by a hash, as relate does too.
   */
  public PackAction slices(Dataset<Row> places) {
    this.slices = Optional.of(places);
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
    PackSettings settings = settings();
    try (JobDescription named = new JobDescription(spark, "Pack: lay documents out on sequences")) {
      return pack(settings);
    }
  }

  private PackSettings settings() {
    try {
      PackerParameters parameters = PackerParameters.of(sequenceLength);
      for (Record option : options) {
        parameters = parameters.with(option);
      }

      PackSettings settings =
          new PackSettings(
              packer, parameters, separatorToken, padToken, longDocuments, sliceDocuments, seed);
      // What would fail a task later is said now.
      settings.newPacker();
      Slicing.of(Map.of(), sliceDocuments, seed);
      return settings;
    } catch (IllegalArgumentException e) {
      throw new StageFailedException(e.getMessage(), e);
    }
  }

  private PackResult pack(PackSettings settings) {
    Instant began = Instant.now();
    ChosenDocuments all = ChosenDocuments.of(selection);
    checkTokens(all.rows());
    ChosenDocuments chosen =
        all.fitting(
            Collections.max(settings.lengths()) - settings.separators(), settings.longDocuments());
    if (chosen.placed().documents() == 0) {
      throw new StageFailedException(
          "There is nothing to pack: no document of the selection has both a copy and a token, and fits pack.long-documents. Look at the drops of the stages before, and at the targets of upsample.");
    }

    Plan plan = plan(chosen, settings);
    PackTotals totals = PackTotals.over(plan.totals());
    Counts placed = chosen.placed();
    SortedMap<String, Counts> dropped = new TreeMap<>(chosen.dropped());
    dropped.putAll(plan.drops().counts());
    long lost = plan.drops().counts().values().stream().mapToLong(Counts::tokens).sum();

    Map<String, Counts> added = new HashMap<>();
    added.put(SequenceShape.SEPARATOR, new Counts(0, totals.separators()));
    added.put(SequenceShape.PAD, new Counts(0, totals.pads()));
    added.put(REPEATED, new Counts(0, totals.body() + lost - placed.tokens()));
    added.values().removeIf(Counts.NONE::equals);
    Balance balance =
        Balance.of(all.asked(), added, new Counts(totals.copies(), totals.tokens()), dropped);

    return new PackResult(
        TokenJoin.fill(plan.layout(), tokens, settings)
            .select(columns(Tables.SEQUENCES_SCHEMA.names())),
        plan.layout(),
        chosen.drops().unionByName(plan.drops().rows()),
        balance,
        PackTotals.figures(plan.totals(), settings.newPacker()),
        Duration.between(began, Instant.now()),
        plan.drops()::close);
  }

  /** A layout that has passed its check, kept by Spark, what it comes to, and what it gave up. */
  private record Plan(Dataset<Row> layout, List<PackTotals> totals, LayoutDrops drops) {}

  private Plan plan(ChosenDocuments chosen, PackSettings settings) {
    Dataset<Row> slices = packSlices(chosen, settings).persist();
    try {
      Row unplaced =
          slices
              .where(col("number").isNull())
              .agg(count(lit(1)).minus(count(col("drop"))), count(col("drop")))
              .first();
      // Most packers give nothing up, and then there is nothing to keep and count.
      LayoutDrops drops =
          unplaced.getLong(1) == 0 ? LayoutDrops.none(spark) : LayoutDrops.of(slices);
      Dataset<Row> leftovers = packLeftovers(slices, unplaced.getLong(0), settings).persist();
      try {
        Dataset<Row> rows = slices.where(col("number").isNotNull()).union(leftovers);
        return checked(rows, drops, chosen.rows(), settings);
      } catch (Exception e) {
        drops.close();
        throw e;
      } finally {
        leftovers.unpersist();
      }
    } finally {
      // The layout is whole in Spark's storage by now, and needs neither unless it is lost there.
      slices.unpersist();
    }
  }

  private static Plan checked(
      Dataset<Row> rows, LayoutDrops drops, Dataset<Row> chosen, PackSettings settings) {
    Dataset<Row> layout =
        rows.map(new LayoutRows(firstIds(rows)), Encoders.row(LayoutRows.SCHEMA)).persist();
    try {
      LayoutConservation.of(settings).check(layout, drops.parts(), chosen);
      return new Plan(layout, PackTotals.of(layout), drops);
    } catch (Exception e) {
      layout.unpersist();
      throw e;
    }
  }

  /** Round one: every slice by itself. */
  private Dataset<Row> packSlices(ChosenDocuments all, PackSettings settings) {
    Dataset<Row> chosen = all.rows();
    Packer.Reach reach = settings.newPacker().reach();
    Map<String, Long> counted = all.documentsByDomain();
    Slicing slicing =
        Slicing.of(
            reach == Packer.Reach.DOMAIN
                ? counted
                : Map.of(WHOLE_CORPUS, counted.values().stream().mapToLong(Long::longValue).sum()),
            settings.sliceDocuments(),
            settings.seed());
    Dataset<Row> placed =
        reach == Packer.Reach.DOMAIN && slices.isPresent()
            ? atHome(chosen, slices.get())
            : chosen.withColumn("slice", number(slicing, reach));
    Dataset<Row> documents =
        placed.select("doc_id", "slice", "domain", "n_tokens", "copies", "last_copy");
    // Under names of their own: Spark mixes the two sides up where both have the same column.
    Dataset<Row> homes = placed.select(col("doc_id").as("home_id"), col("slice").as("home"));
    Dataset<Row> within =
        edges
            .join(homes, col("doc_id").equalTo(col("home_id")))
            .select("doc_id", "home", "neighbour_id", "rank", "similarity");

    return bySlice(documents)
        .cogroupSorted(
            bySlice(within),
            new Column[0],
            columns("doc_id", "rank", "neighbour_id"),
            new SliceRound(settings),
            PACKED);
  }

  /** Round two: what is left of all slices, in groups that one task can hold. */
  private static Dataset<Row> packLeftovers(
      Dataset<Row> slices, long parts, PackSettings settings) {
    long groups = Math.max(1, (parts + PARTS_PER_GROUP - 1) / PARTS_PER_GROUP);

    return slices
        .where(col("number").isNull().and(col("drop").isNull()))
        .groupByKey(
            (MapFunction<Row, Integer>)
                row -> PackedRow.of(row).parts().get(0).group(settings.seed(), groups),
            Encoders.INT())
        .flatMapGroups(new LeftoverRound(settings.leftoverLength()), PACKED);
  }

  /** Rows of which the second column is the number of the slice. */
  private static KeyValueGroupedDataset<Integer, Row> bySlice(Dataset<Row> rows) {
    return rows.groupByKey((MapFunction<Row, Integer>) row -> row.getInt(1), Encoders.INT());
  }

  /** The slice by a hash. */
  private static Column number(Slicing slicing, Packer.Reach reach) {
    UDF2<String, String, Integer> number = slicing::number;
    Column home = reach == Packer.Reach.DOMAIN ? col("domain") : lit(WHOLE_CORPUS);
    return udf(number, DataTypes.IntegerType).apply(home, col("doc_id"));
  }

  /** The slice in which relate has searched for a document's neighbours. */
  private static Dataset<Row> atHome(Dataset<Row> chosen, Dataset<Row> places) {
    Dataset<Row> homes =
        places.where(col("home")).select(col("doc_id").as("home_id"), col("slice").as("number"));
    Column complaint =
        concat(
            lit("Document "),
            col("doc_id"),
            lit(
                " is in the selection but in none of the slices; relate and pack must read the same selection."));
    return chosen
        .join(homes, col("doc_id").equalTo(col("home_id")), "left")
        .withColumn(
            "slice", coalesce(col("number"), raise_error(complaint).cast(DataTypes.IntegerType)));
  }

  /** The sequence_id of the first row of each pile and room: both in order, dense from 0. */
  private static Map<PileOfRoom, Long> firstIds(Dataset<Row> rows) {
    Map<PileOfRoom, Long> sizes = new TreeMap<>();
    rows.groupBy("room", "pile")
        .count()
        .collectAsList()
        .forEach(row -> sizes.put(new PileOfRoom(row.getInt(0), row.getString(1)), row.getLong(2)));

    Map<PileOfRoom, Long> firstIds = new HashMap<>();
    long next = 0;
    for (Map.Entry<PileOfRoom, Long> size : sizes.entrySet()) {
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
