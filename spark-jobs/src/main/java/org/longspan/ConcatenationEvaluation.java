package org.longspan;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.udf;

import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;
import org.longspan.action.ConcatenateAction;
import org.longspan.action.ConcatenateResult;
import org.longspan.action.ScoreAction;
import org.longspan.action.TokenizeAction;
import org.longspan.cli.Runs;
import org.longspan.conf.ConfigurationException;
import org.longspan.conf.Problem;
import org.longspan.conf.RunConfiguration;
import org.longspan.report.CommittedTables;
import org.longspan.report.ConcatenationShares;
import org.longspan.report.Evaluation;
import org.longspan.run.RunDirectory;
import org.longspan.scoring.ScoringModel;
import org.longspan.scoring.ScoringSettings;
import org.longspan.scoring.SideTables;
import org.longspan.stage.Tables;
import org.longspan.tokenizer.Tokenizer;
import org.longspan.tokenizer.TokenizerFiles;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * How often windows of one document outscore concatenations of several, by all scorers of a
 * configuration. The corpus is read into the run directory as far as its tokens; windows and their
 * scores are not kept.
 *
 * <p>Windows are token ids of the model. For scorers of text they are decoded, so that a character
 * cut in two becomes U+FFFD.
 */
final class ConcatenationEvaluation {
  private static final String KIND = "kind";

  private final SparkSession spark;
  private final RunConfiguration configuration;
  private final Runs.Concatenations asked;
  private final ScoringModel model;
  private final ScoringSettings settings;

  ConcatenationEvaluation(
      SparkSession spark, RunConfiguration configuration, Runs.Concatenations asked) {
    this.spark = spark;
    this.configuration = configuration;
    this.asked = asked;
    this.model =
        ScoringModel.check(configuration.model().path(), Stages.torchScript(configuration));
    this.settings =
        Stages.scoring(configuration)
            .withSeed(configuration.seed())
            .withSideTables(SideTables.NONE);
  }

  /**
   * Reads, draws and scores.
   *
   * @throws ConfigurationException if no domain has windows and concatenations
   */
  ConcatenationShares shares(Consumer<String> progress) {
    Longspan.on(spark).run(configuration).to("tokenize").progress(progress).execute();
    ConcatenateResult drawn = drawn();
    Dataset<Row> windows = drawn.windows().persist(StorageLevel.MEMORY_AND_DISK());

    try {
      Dataset<Row> scores = scores(windows, progress);
      Dataset<Row> labels = windows.select(col("doc_id"), map(lit(KIND), col(KIND)).as("meta"));
      return new ConcatenationShares(
          Evaluation.of(scores, labels, KIND, ConcatenateResult.NATIVE).separations(),
          drawn.counts(),
          drawn.notes());
    } finally {
      windows.unpersist();
    }
  }

  private ConcatenateResult drawn() {
    int window = settings.forModel(model).contexts().windows().size();

    if (asked.parts() > window) {
      throw refused(
          "longspan.score.contexts.window",
          "Windows of %,d tokens cannot be strung together of %,d documents: choose fewer with --concatenations."
              .formatted(window, asked.parts()));
    }

    ConcatenateResult drawn =
        ConcatenateAction.on(spark, tokens())
            .window(window)
            .parts(asked.parts())
            .windows(asked.windows())
            .seed(configuration.seed())
            .execute();

    if (drawn.counts().isEmpty()) {
      throw refused(
          "longspan.input.sources",
          "No domain has both a document of %,d tokens and %d others of %,d: give more documents, or a shorter score.contexts.window. %s"
              .formatted(
                  window, asked.parts(), window / asked.parts(), String.join(" ", drawn.notes())));
    }

    return drawn;
  }

  /** The ids of the model's tokenizer. */
  private Dataset<Row> tokens() {
    RunDirectory directory =
        RunDirectory.at(spark.sparkContext().hadoopConfiguration(), configuration.output());
    TokenizerFiles trainer = TokenizerFiles.read(configuration.tokenizer());
    return model.tokenizer().fingerprint().equals(trainer.fingerprint())
        ? CommittedTables.required(spark, directory, Tables.TOKENS)
        : TokenizeAction.on(
                spark,
                CommittedTables.required(spark, directory, Tables.DOCUMENTS),
                model.tokenizer())
            .tokens();
  }

  private Dataset<Row> scores(Dataset<Row> windows, Consumer<String> progress) {
    return ScoreAction.on(spark, texts(windows))
        .tokens(windows.drop(KIND), model.tokenizer().fingerprint())
        .settings(settings)
        .model(configuration.model().path())
        .companion(configuration.model().companion())
        .torchScript(Stages.torchScript(configuration))
        .batchTokens(configuration.model().batchTokens())
        .device(configuration.model().device())
        .shardTokens(configuration.score().shardTokens())
        .progress(progress)
        .execute()
        .scores();
  }

  private Dataset<Row> texts(Dataset<Row> windows) {
    TokenizerFiles tokenizer = model.tokenizer();
    return windows.select(
        col("doc_id"),
        col("domain"),
        udf(
                (UDF1<Seq<Integer>, String>) ids -> Tokenizer.of(tokenizer).decode(unboxed(ids)),
                DataTypes.StringType)
            .apply(col("input_ids"))
            .as("text"));
  }

  private static int[] unboxed(Seq<Integer> ids) {
    return JavaConverters.seqAsJavaList(ids).stream().mapToInt(Integer::intValue).toArray();
  }

  private static ConfigurationException refused(String key, String message) {
    return new ConfigurationException(List.of(new Problem("evaluate", key, message)));
  }
}
