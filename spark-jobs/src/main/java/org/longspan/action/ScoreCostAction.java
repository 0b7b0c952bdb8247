package org.longspan.action;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.longspan.model.TorchScript;
import org.longspan.plan.MeasurementSample;
import org.longspan.plan.MeasurementSample.SourceWork;
import org.longspan.scoring.Scoring;
import org.longspan.scoring.ScoringModel;
import org.longspan.scoring.ScoringModels;
import org.longspan.scoring.ScoringSettings;
import org.longspan.seed.Seeded;
import org.longspan.tokenizer.TokenizerFiles;

/**
 * What {@link ScoreAction} would ask of the models for a sample's documents, and how fast they
 * answer. Lengths decide the first; for the second one task reads some of the documents.
 */
public final class ScoreCostAction {
  private static final int DOCUMENTS_TO_TRY = 8;

  /** Of a document; its windows are drawn from these. */
  private static final int TOKENS_TO_TRY = 1 << 20;

  private final SparkSession spark;
  private final SampledTables sample;
  private final TokenizerFiles tokenizer;
  private final ScoringSettings settings;
  private String model = "builtin:starter";
  private String companion = ScoringModels.NO_COMPANION;
  private TorchScript torchScript = TorchScript.REFUSED;
  private int batchTokens = 16_384;
  private String device = "auto";

  private ScoreCostAction(
      SparkSession spark,
      SampledTables sample,
      TokenizerFiles tokenizer,
      ScoringSettings settings) {
    this.spark = spark;
    this.sample = sample;
    this.tokenizer = tokenizer;
    this.settings = settings;
  }

  /**
   * @param tokenizer the one that made the sample's tokens: where it is the model's too, they serve
   * @param settings which scores, and how
   */
  public static ScoreCostAction on(
      SparkSession spark,
      SampledTables sample,
      TokenizerFiles tokenizer,
      ScoringSettings settings) {
    return new ScoreCostAction(spark, sample, tokenizer, settings);
  }

  /** As in {@link ScoreAction#model}. */
  public ScoreCostAction model(String location, TorchScript permission) {
    this.model = location;
    this.torchScript = permission;
    return this;
  }

  /** As in {@link ScoreAction#companion}. */
  public ScoreCostAction companion(String location) {
    this.companion = location;
    return this;
  }

  /** As in {@link ScoreAction#batchTokens} and {@link ScoreAction#device}. */
  public ScoreCostAction passes(int tokens, String on) {
    this.batchTokens = tokens;
    this.device = on;
    return this;
  }

  /** Counts, and tries; nothing where all scorers read text alone. */
  public List<MeasurementSample> execute() {
    if (!Scoring.asksModel(settings.scorers())) {
      return List.of();
    }

    ScoringModel checked = ScoringModel.check(model, torchScript);
    ScoringSettings fitted = settings.forModel(checked);
    ScoringModels models = ScoringModels.of(checked, companion, torchScript, fitted);
    boolean same = checked.tokenizer().fingerprint().equals(tokenizer.fingerprint());
    Dataset<Row> read =
        same
            ? sample.tokens()
            : TokenizeAction.on(spark, sample.documents(), checked.tokenizer()).tokens().persist();
    try {
      ScoreSpeed speed = new ScoreSpeed(fitted, models, device, batchTokens);
      List<MeasurementSample> measurements = new ArrayList<>();
      for (int m = 0; m < Scoring.of(fitted).measurements().size(); m++) {
        measurements.add(
            new MeasurementSample(
                Scoring.of(fitted).measurements().get(m).scorers(),
                work(read, fitted, m),
                tokensPerSecond(read, speed, m)));
      }

      return measurements;
    } finally {
      if (!same) {
        read.unpersist();
      }
    }
  }

  private List<SourceWork> work(Dataset<Row> read, ScoringSettings fitted, int measurement) {
    try (JobDescription ignored = new JobDescription(spark, "plan: count what models read")) {
      return read
          .select("doc_id", "n_tokens")
          .join(sample.documents().select("doc_id", "source_index"), "doc_id")
          .withColumn("pass_tokens", passTokens(fitted, measurement))
          .groupBy("source_index")
          .agg(
              count(lit(1)),
              sum(tooShort(fitted, measurement).cast(DataTypes.LongType)),
              coalesce(sum("pass_tokens"), lit(0L)))
          .collectAsList()
          .stream()
          .map(r -> new SourceWork(r.getInt(0), r.getLong(1), r.getLong(2), r.getLong(3)))
          .toList();
    }
  }

  private double tokensPerSecond(Dataset<Row> read, ScoreSpeed speed, int measurement) {
    ScoringSettings fitted = speed.settings();
    Column chance =
        udf((UDF1<String, Long>) id -> Seeded.hash(fitted.seed(), "plan", id), DataTypes.LongType)
            .apply(col("doc_id"));
    try (JobDescription ignored = new JobDescription(spark, "plan: measure the model's speed")) {
      List<ScoreSpeed.Trial> trials =
          read
              .where(passTokens(fitted, measurement).gt(0))
              .orderBy(chance, col("doc_id"))
              .limit(DOCUMENTS_TO_TRY)
              .select(col("doc_id"), slice(col("input_ids"), 1, TOKENS_TO_TRY))
              .collectAsList()
              .stream()
              .map(row -> new ScoreSpeed.Trial(row.getString(0), ids(row)))
              .toList();
      return trials.isEmpty()
          ? 0
          : JavaSparkContext.fromSparkContext(spark.sparkContext())
              .parallelize(List.of(measurement), 1)
              .map(m -> speed.tokensPerSecond(m, trials))
              .first();
    }
  }

  private static int[] ids(Row row) {
    return row.<Integer>getList(1).stream().mapToInt(Integer::intValue).toArray();
  }

  private static Column passTokens(ScoringSettings fitted, int measurement) {
    return udf(
            (UDF2<String, Integer, Long>)
                (id, length) ->
                    Scoring.of(fitted).measurements().get(measurement).passTokens(id, length),
            DataTypes.LongType)
        .apply(col("doc_id"), col("n_tokens"));
  }

  private static Column tooShort(ScoringSettings fitted, int measurement) {
    return udf(
            (UDF1<Integer, Boolean>)
                length ->
                    Scoring.of(fitted).measurements().get(measurement).tooShort(length).isPresent(),
            DataTypes.BooleanType)
        .apply(col("n_tokens"));
  }
}
