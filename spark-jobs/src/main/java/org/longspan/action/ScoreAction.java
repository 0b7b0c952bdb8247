package org.longspan.action;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;

import java.time.Duration;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.longspan.attention.ContextualAwareness;
import org.longspan.attention.LongAttn;
import org.longspan.model.TorchScript;
import org.longspan.run.Balance;
import org.longspan.run.Counts;
import org.longspan.score.Status;
import org.longspan.scoring.AttentionSettings;
import org.longspan.scoring.ContextSettings;
import org.longspan.scoring.ProLongSettings;
import org.longspan.scoring.Scoring;
import org.longspan.scoring.ScoringModel;
import org.longspan.scoring.ScoringModels;
import org.longspan.scoring.ScoringSettings;
import org.longspan.scoring.SideTable;
import org.longspan.scoring.SideTables;
import org.longspan.shard.ShardFiles;
import org.longspan.shard.ShardProgress;
import org.longspan.stage.Tables;

/**
 * Scores how much documents depend on their own far past, by what a language model says of them,
 * and by what their text shows without one.
 *
 * <p>Documents that are too short get that status without a model. All others are cut into shards
 * of about equal work by a hash of their id; only the tokens that the model is to read are
 * shuffled, one partition a shard. A shard's documents are measured in one task, in batches across
 * documents, on a model that all tasks of a JVM share. With a work path each shard commits a file
 * there, and a later job with the same settings and path does only the others.
 *
 * <p>Scorers that read text alone score it where it lies; if no other is asked for, no model is
 * loaded and nothing is tokenized.
 *
 * <p>Cost: with ProLong (segments + pairs) × segment tokens through the model for each document;
 * one aggregation over lengths before, and one shuffle of at most a window of tokens a document.
 */
public final class ScoreAction {
  private final SparkSession spark;
  private final Dataset<Row> documents;
  private Dataset<Row> tokens;
  private String tokensFingerprint;
  private ScoringSettings settings =
      new ScoringSettings(
          List.of("prolong"), 0, ProLongSettings.PUBLISHED, ContextSettings.SHARED, 0);
  private String model = "builtin:starter";
  private String companion = ScoringModels.NO_COMPANION;
  private TorchScript torchScript = TorchScript.REFUSED;
  private int batchTokens = 16_384;
  private String device = "auto";
  private long shardTokens = 4_000_000;
  private String workPath;
  private Consumer<String> progress = line -> {};

  private ScoreAction(SparkSession spark, Dataset<Row> documents) {
    this.spark = spark;
    this.documents = documents;
  }

  /**
   * @param documents at least doc_id, domain and text, one row a document
   */
  public static ScoreAction on(SparkSession spark, Dataset<Row> documents) {
    return new ScoreAction(spark, documents);
  }

  /**
   * Reads ids that are there already, if the model's tokenizer is the one that made them.
   *
   * @param tokens the {@code tokens} table of the documents
   * @param fingerprint of the tokenizer that made it
   */
  public ScoreAction tokens(Dataset<Row> tokens, String fingerprint) {
    this.tokens = tokens;
    this.tokensFingerprint = fingerprint;
    return this;
  }

  /** The scorer; {@code prolong} unless set. */
  public ScoreAction scorer(String name) {
    return scorers(List.of(name));
  }

  /** Several scorers; what they measure alike is measured once. */
  public ScoreAction scorers(List<String> names) {
    return settings(settings.withScorers(names));
  }

  /** ProLong's settings; {@link ProLongSettings#PUBLISHED} unless set. */
  public ScoreAction prolong(ProLongSettings prolong) {
    return settings(settings.withProlong(prolong));
  }

  /** Settings of the scores that contrast contexts; {@link ContextSettings#SHARED} unless set. */
  public ScoreAction contexts(ContextSettings contexts) {
    return settings(settings.withContexts(contexts));
  }

  /** All settings of the scores at once. */
  public ScoreAction settings(ScoringSettings all) {
    this.settings = all;
    return this;
  }

  /**
   * The model: {@code builtin:starter}, the default, or a Hugging Face directory at a path or URI
   * that all executors reach.
   */
  public ScoreAction model(String location) {
    this.model = location;
    return this;
  }

  /**
   * A second model of the same tokenizer, for scorers that compare two; it is read only if there is
   * one among them. {@link ScoringModels#NO_COMPANION} unless set.
   */
  public ScoreAction companion(String location) {
    this.companion = location;
    return this;
  }

  /**
   * The scorer whose weights of each token are given too; {@link SideTables#NO_SCORER} unless set.
   */
  public ScoreAction tokenWeights(String scorer) {
    return settings(settings.withSideTables(settings.sideTables().withTokenWeights(scorer)));
  }

  /** The strongest links of each document, given too; those of no scorer unless set. */
  public ScoreAction links(SideTables.LinkSettings links) {
    return settings(settings.withSideTables(settings.sideTables().with(links)));
  }

  /**
   * Whether a model of an architecture that Longspan does not know may run the TorchScript file in
   * its directory, and with it that file's code; {@link TorchScript#REFUSED} unless set.
   */
  public ScoreAction torchScript(TorchScript choice) {
    this.torchScript = choice;
    return this;
  }

  /** Tokens of one forward pass, over all its rows; 16,384 unless set. */
  public ScoreAction batchTokens(int tokens) {
    this.batchTokens = tokens;
    return this;
  }

  /**
   * {@code auto} (the GPU that Spark lends the task, else the processor), {@code cpu} or {@code
   * gpu}; {@code auto} unless set.
   */
  public ScoreAction device(String name) {
    this.device = name;
    return this;
  }

  /** Documents below this many tokens are too short; 0 unless set. */
  public ScoreAction minTokens(int tokens) {
    return settings(settings.withMinTokens(tokens));
  }

  /** About how many measured tokens make a shard; 4,000,000 unless set. */
  public ScoreAction shardTokens(long tokens) {
    if (tokens < 1) {
      throw new IllegalArgumentException(
          "A shard must have at least 1 token, not %d.".formatted(tokens));
    }

    this.shardTokens = tokens;
    return this;
  }

  /** Decides what is drawn of long documents; 0 unless set. */
  public ScoreAction seed(long seed) {
    return settings(settings.withSeed(seed));
  }

  /**
   * A Hadoop path for finished shards, of this input and these settings alone. Without one the
   * scores are held in the executors' storage.
   */
  public ScoreAction workPath(String path) {
    this.workPath = path;
    return this;
  }

  /** Where to tell how far it is; without this nowhere. */
  public ScoreAction progress(Consumer<String> lines) {
    this.progress = lines;
    return this;
  }

  /**
   * Measures and scores. What is wrong with one document becomes its status and error.
   *
   * @throws IllegalArgumentException if a scorer is not known, lacks a companion or does not fill
   *     the side table that is wanted of it, or the settings do not fit the models
   * @throws org.longspan.model.ModelException if the model cannot be read, lacks one of its
   *     tokenizer's ids or has too few positions
   */
  public ScoreResult execute() {
    long began = System.nanoTime();
    Scoring.requireKnown(settings.scorers());

    try (JobDescription ignored = new JobDescription(spark, "score: plan shards")) {
      Asked asked = Scoring.asksModel(settings.scorers()) ? asked() : nothing();
      Dataset<Row> scores = asked.scores;

      if (!Scoring.texts(settings.scorers()).isEmpty()) {
        Dataset<Row> ofText = ofText(tokens == null ? asked.read : tokens);
        scores = scores == null ? ofText : scores.unionByName(ofText);
      }

      Counts in = in(asked);
      SortedMap<String, Long> statuses = statuses(scores);
      requireEveryDocument(in, statuses);
      return new ScoreResult(
          scores,
          sideTables(asked.lines),
          Balance.unchanged(in),
          statuses,
          asked.shards,
          asked.reused,
          asked.measuredTokens,
          asked.tokensPerSecond,
          Duration.ofNanos(System.nanoTime() - began));
    }
  }

  /** The scores that need a model. */
  private Asked asked() {
    ScoringModel checked = ScoringModel.check(model, torchScript);
    ScoringSettings fitted = settings.forModel(checked);
    Scoring scoring = Scoring.of(fitted);
    checked.requirePositions(scoring.rowTokens());
    ScoringModels models = ScoringModels.of(checked, companion, torchScript, fitted);
    Dataset<Row> read = idsFor(checked);
    Planned planned = planned(read, fitted);
    ScoreShard work = new ScoreShard(fitted, models, device, batchTokens);
    Measured measured =
        measured(new ScoreShards(spark, read, work, planned.shards), planned.shards);
    Dataset<Row> scores =
        tooShort(read, fitted, scoring).unionByName(measured.lines.as(Tables.SCORES_SCHEMA));
    return new Asked(
        read,
        overDataSet(scores, fitted),
        measured.lines,
        planned.in,
        planned.shards,
        measured.reused,
        planned.measuredTokens,
        measured.tokensPerSecond);
  }

  /** Without a scorer that asks a model, which has nothing to say beside scores either. */
  private Asked nothing() {
    Scoring.of(settings);
    return new Asked(null, null, this::empty, null, 0, 0, 0, 0);
  }

  /**
   * Scores that are what they are among those of the data set, from what each document has alone.
   */
  private Dataset<Row> overDataSet(Dataset<Row> scores, ScoringSettings fitted) {
    AttentionSettings.LongAttnSettings longAttn = fitted.contexts().attention().longAttn();
    ContextSettings.GateauSettings gateau = fitted.contexts().methods().gateau();

    try (JobDescription ignored = new JobDescription(spark, "score: scale over the data set")) {
      Dataset<Row> guided = gateau.published() ? GateauScores.published(scores) : scores;
      Dataset<Row> joined =
          gateau.combined() && fitted.scorers().contains(ContextualAwareness.NAME)
              ? GateauScores.combined(guided, gateau.alpha())
              : guided;
      return fitted.scorers().contains(LongAttn.NAME)
          ? LongAttnScores.scaled(joined, longAttn.variant(), longAttn.alpha())
          : joined;
    }
  }

  private Map<SideTable, Dataset<Row>> sideTables(ScoredLines lines) {
    Map<SideTable, Dataset<Row>> tables = new EnumMap<>(SideTable.class);
    settings.sideTables().wanted().forEach(table -> tables.put(table, SideRows.of(table, lines)));
    return tables;
  }

  /** The scores that need the text alone; where lengths are known, of documents with tokens. */
  private Dataset<Row> ofText(Dataset<Row> lengths) {
    TextScores texts = new TextScores(spark, settings);
    return lengths == null ? texts.of(documents) : texts.of(documents, lengths);
  }

  private Counts in(Asked asked) {
    if (tokens != null) {
      return counts(tokens);
    }

    return asked.in == null ? new Counts(documents.count(), 0) : asked.in;
  }

  /** The ids of the model's tokenizer: those that are there, or made from the text. */
  private Dataset<Row> idsFor(ScoringModel checked) {
    return tokens != null && checked.tokenizer().fingerprint().equals(tokensFingerprint)
        ? tokens
        : TokenizeAction.on(spark, documents, checked.tokenizer()).tokens();
  }

  private Planned planned(Dataset<Row> read, ScoringSettings fitted) {
    Column passTokens =
        udf(
                (UDF2<String, Integer, Long>)
                    (id, length) -> Scoring.of(fitted).passTokens(id, length),
                DataTypes.LongType)
            .apply(col("doc_id"), col("n_tokens"));
    Row sums =
        read.agg(
                count(lit(1)),
                coalesce(sum("n_tokens"), lit(0L)),
                coalesce(sum(passTokens), lit(0L)))
            .first();
    long measured = sums.getLong(2);
    return new Planned(
        new Counts(sums.getLong(0), sums.getLong(1)),
        measured,
        Math.toIntExact((measured + shardTokens - 1) / shardTokens));
  }

  private Measured measured(ScoreShards work, int shards) {
    if (shards == 0) {
      return new Measured(this::empty, 0, 0);
    }

    ShardFiles files =
        workPath == null
            ? null
            : new ShardFiles(workPath, spark.sparkContext().hadoopConfiguration(), shards, "jsonl");
    BitSet committed = files == null ? new BitSet() : files.committed();
    int reused = committed.cardinality();

    try (JobDescription ignored = new JobDescription(spark, "score: measure shards");
        ShardProgress told = new ShardProgress(spark.sparkContext(), shards, reused, progress)) {
      ScoredLines lines = files == null ? work.held(told) : work.committed(files, committed, told);
      return new Measured(lines, reused, told.tokensPerSecond());
    }
  }

  private Dataset<Row> empty(StructType schema) {
    return spark.createDataFrame(List.of(), schema);
  }

  /** The rows of documents that no model is asked about. */
  private static Dataset<Row> tooShort(
      Dataset<Row> read, ScoringSettings settings, Scoring scoring) {
    Dataset<Row> union = null;

    for (int m = 0; m < scoring.measurements().size(); m++) {
      int measurement = m;
      Column error =
          udf(
                  (UDF1<Integer, String>)
                      length ->
                          Scoring.of(settings)
                              .measurements()
                              .get(measurement)
                              .tooShort(length)
                              .orElse(null),
                  DataTypes.StringType)
              .apply(col("n_tokens"));

      for (String scorer : scoring.measurements().get(m).scorers()) {
        Dataset<Row> rows =
            read.select(
                    col("doc_id"),
                    col("domain"),
                    lit(scorer).as("scorer"),
                    lit(Status.TOO_SHORT.label()).as("status"),
                    expr("cast(null as double)").as("score"),
                    expr("cast(map() as map<string, double>)").as("details"),
                    expr("cast(array() as array<double>)").as("profile"),
                    error.as("error"))
                .where(col("error").isNotNull());
        union = union == null ? rows : union.union(rows);
      }
    }

    return union;
  }

  private SortedMap<String, Long> statuses(Dataset<Row> scores) {
    SortedMap<String, Long> statuses = new TreeMap<>();

    for (Status status : Status.values()) {
      statuses.put(status.label(), 0L);
    }

    try (JobDescription ignored = new JobDescription(spark, "score: read texts, count")) {
      scores
          .groupBy("status")
          .count()
          .collectAsList()
          .forEach(row -> statuses.put(row.getString(0), row.getLong(1)));
    }

    return statuses;
  }

  private void requireEveryDocument(Counts in, SortedMap<String, Long> statuses) {
    long rows = statuses.values().stream().mapToLong(Long::longValue).sum();
    long wanted = in.documents() * settings.scorers().size();

    if (rows != wanted) {
      throw new IllegalStateException(
          "%d documents and %d scorers give %d rows of scores, but there are %d: the input changed while it was read, or the work path %s belongs to other settings."
              .formatted(in.documents(), settings.scorers().size(), wanted, rows, workPath));
    }
  }

  private static Counts counts(Dataset<Row> tokens) {
    Row sums = tokens.agg(count(lit(1)), coalesce(sum("n_tokens"), lit(0L))).first();
    return new Counts(sums.getLong(0), sums.getLong(1));
  }

  /**
   * The part of the work that asks a model; where there is none, {@code read}, {@code scores} and
   * {@code in} are null.
   */
  private record Asked(
      Dataset<Row> read,
      Dataset<Row> scores,
      ScoredLines lines,
      Counts in,
      int shards,
      int reused,
      long measuredTokens,
      double tokensPerSecond) {}

  private record Planned(Counts in, long measuredTokens, int shards) {}

  private record Measured(ScoredLines lines, int reused, double tokensPerSecond) {}
}
