package org.longspan;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.longspan.action.CheckEdgesAction;
import org.longspan.action.CombineAction;
import org.longspan.action.ExportAction;
import org.longspan.action.IngestAction;
import org.longspan.action.PackAction;
import org.longspan.action.PhaseSequences;
import org.longspan.action.QuantileCutAction;
import org.longspan.action.RelateAction;
import org.longspan.action.RelatednessAction;
import org.longspan.action.ScheduleAction;
import org.longspan.action.ScoreAction;
import org.longspan.action.TokenizeAction;
import org.longspan.action.UpsampleAction;
import org.longspan.conf.RunConfiguration;
import org.longspan.mix.Mix;
import org.longspan.rank.QuantileCut;

/**
 * What Longspan can do with a session. Each call gives an action; {@code execute()} does it. The
 * columns of the tables are those of a run, see docs/tables.md.
 */
public final class Actions {
  private final SparkSession spark;

  Actions(SparkSession spark) {
    this.spark = spark;
  }

  /** All stages of a configuration, in its run directory. */
  public RunAction run(RunConfiguration configuration) {
    return new RunAction(spark, configuration);
  }

  /** What {@link #run} would do and cost, from a sample. */
  public PlanAction plan(RunConfiguration configuration) {
    return new PlanAction(spark, configuration);
  }

  /** From files or a Dataset to {@code documents}. */
  public IngestAction ingest() {
    return IngestAction.on(spark);
  }

  /**
   * From {@code documents} to {@code tokens}.
   *
   * @param tokenizer {@code builtin:starter}, a tokenizer.json or a Hugging Face directory
   */
  public TokenizeAction tokenize(Dataset<Row> documents, String tokenizer) {
    return TokenizeAction.on(spark, documents, tokenizer);
  }

  /** From {@code documents} to {@code scores}. */
  public ScoreAction score(Dataset<Row> documents) {
    return ScoreAction.on(spark, documents);
  }

  /**
   * From {@code scores} and {@code tokens} to one more score a document.
   *
   * @param weights by scorer; below 0, low scores count as good
   */
  public CombineAction combine(
      Dataset<Row> scores, Dataset<Row> tokens, Map<String, Double> weights) {
    return CombineAction.on(spark, scores, tokens, weights);
  }

  /** From {@code scores} and {@code tokens} to the documents outside of a cut by a score. */
  public QuantileCutAction cut(
      Dataset<Row> scores, Dataset<Row> tokens, String scorer, QuantileCut cut) {
    return QuantileCutAction.on(spark, scores, tokens, scorer, cut);
  }

  /** From {@code tokens} to {@code selection}. */
  public UpsampleAction upsample(Dataset<Row> tokens, Mix mix) {
    return UpsampleAction.on(spark, tokens, mix);
  }

  /** From {@code documents} and {@code selection} to {@code edges}. */
  public RelateAction relate(Dataset<Row> documents, Dataset<Row> selection) {
    return RelateAction.on(spark, documents, selection);
  }

  /** From {@code edges} to those that a model confirms. */
  public CheckEdgesAction checkEdges(Dataset<Row> edges, Dataset<Row> documents) {
    return CheckEdgesAction.on(spark, edges, documents);
  }

  /** From {@code tokens}, {@code selection} and {@code edges} to {@code sequences}. */
  public PackAction pack(Dataset<Row> tokens, Dataset<Row> selection, Dataset<Row> edges) {
    return PackAction.on(spark, tokens, selection, edges);
  }

  /** From {@code sequences} to how related their documents are: {@code relatedness}. */
  public RelatednessAction relatedness(
      Dataset<Row> sequences, Dataset<Row> documents, Dataset<Row> edges) {
    return RelatednessAction.on(spark, sequences, documents, edges);
  }

  /** From {@code sequences} to {@code schedule}: which of them each step of a training reads. */
  public ScheduleAction schedule(Dataset<Row> sequences) {
    return ScheduleAction.on(spark, List.of(new PhaseSequences(null, sequences)));
  }

  /** The same for a training of several phases, in their order. */
  public ScheduleAction schedule(List<PhaseSequences> phases) {
    return ScheduleAction.on(spark, phases);
  }

  /** From {@code sequences} to a trainer's files. */
  public ExportAction export(Dataset<Row> sequences) {
    return ExportAction.on(spark, sequences);
  }
}
