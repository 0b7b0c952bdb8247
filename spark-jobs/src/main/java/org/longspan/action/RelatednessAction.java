package org.longspan.action;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.longspan.relatedness.DocumentFrequencies;
import org.longspan.relatedness.Exact;
import org.longspan.relatedness.Exposure;
import org.longspan.relatedness.HashedTerms;
import org.longspan.relatedness.TextVectors;
import org.longspan.run.Counts;

/**
 * Measures how related the documents of a row really are, and how far its tokens can look back.
 *
 * <p>Exposure is counted in all sequences and hubs in all edges. The rest is measured on a sample
 * of rows, those of the least hash in each domain: pairs of documents are drawn from them, and the
 * beginnings of these documents' texts become vectors and signatures.
 *
 * <p>Cost: one pass over the sequences without their tokens, one over the edges, one over the
 * documents, and the tokens and texts of the sample.
 */
public final class RelatednessAction {
  private final SparkSession spark;
  private final Dataset<Row> sequences;
  private final Dataset<Row> documents;
  private final Dataset<Row> edges;
  private RelatednessSettings settings = RelatednessSettings.USUAL;
  private TextVectors vectors;
  private int tail;
  private long seed = 11;

  private RelatednessAction(
      SparkSession spark, Dataset<Row> sequences, Dataset<Row> documents, Dataset<Row> edges) {
    this.spark = spark;
    this.sequences = sequences;
    this.documents = documents;
    this.edges = edges;
  }

  /**
   * @param sequences the table {@code sequences}
   * @param documents at least doc_id and text, of every document in a sequence
   * @param edges the table {@code edges}
   */
  public static RelatednessAction on(
      SparkSession spark, Dataset<Row> sequences, Dataset<Row> documents, Dataset<Row> edges) {
    return new RelatednessAction(spark, sequences, documents, edges);
  }

  /** How closely to look; {@link RelatednessSettings#USUAL} unless set. */
  public RelatednessAction settings(RelatednessSettings chosen) {
    this.settings = Objects.requireNonNull(chosen, "settings");
    return this;
  }

  /**
   * What makes texts to vectors: something that the packer did not follow. Otherwise {@link
   * HashedTerms}, which weighs words by how many of the sample's documents have them.
   */
  public RelatednessAction vectors(TextVectors chosen) {
    this.vectors = Objects.requireNonNull(chosen, "vectors");
    return this;
  }

  /** Tokens of context from which {@link Exact} weighs; 0, the default: all of them. */
  public RelatednessAction tail(int tau) {
    this.tail = tau;
    return this;
  }

  /** Decides which rows and pairs stand for all; 11 unless set. */
  public RelatednessAction seed(long value) {
    this.seed = value;
    return this;
  }

  /** Measures; when this returns all is done. */
  public RelatednessResult execute() {
    long began = System.nanoTime();
    Exact exact = Exact.published(tail);
    List<RelatednessFigure> figures = new ArrayList<>();
    SampledRows sample =
        during("sample rows", () -> SampledRows.of(spark, sequences, settings.rows(), seed));
    String made = alike(sample, figures);
    figures.addAll(during("token frequencies", () -> RowFrequencies.of(sample)));
    figures.addAll(during("hubs", () -> InDegrees.of(edges)));
    ExposureHistograms exposure = during("exposure", () -> ExposureHistograms.of(sequences));
    figures.addAll(exposure.figures());
    addWeights(figures, exact, exposure.total());
    Counts counts = during("count the sequences", this::counts);
    return new RelatednessResult(
        figures, made, exposure.total(), counts, Duration.ofNanos(System.nanoTime() - began));
  }

  /** Compares pairs of documents, and gives the name of what made the vectors. */
  private String alike(SampledRows sample, List<RelatednessFigure> figures) {
    SampledPairs pairs =
        during("draw pairs", () -> SampledPairs.of(spark, sample, settings.pairs(), seed));
    Dataset<Row> texts = pairs.beginnings(documents, settings.characters()).persist();
    try {
      TextVectors chosen =
          vectors == null ? during("count words", () -> hashedTerms(texts)) : vectors;
      figures.addAll(
          during(
              "compare pairs by " + chosen.name(),
              () -> new PairSimilarities(chosen).of(pairs.rows(), texts)));
      return chosen.name();
    } finally {
      texts.unpersist();
    }
  }

  private static HashedTerms hashedTerms(Dataset<Row> texts) {
    return HashedTerms.weighedBy(
        texts
            .select("text")
            .as(Encoders.STRING())
            .toJavaRDD()
            .treeAggregate(
                new DocumentFrequencies(), DocumentFrequencies::add, DocumentFrequencies::addAll));
  }

  private static void addWeights(List<RelatednessFigure> figures, Exact exact, Exposure exposure) {
    double[] weights = exact.weights(exposure);
    for (int b = 0; b < Exposure.BUCKETS; b++) {
      if (exposure.tokens(b) > 0) {
        figures.add(
            new RelatednessFigure(
                RelatednessMeasure.EXACT_WEIGHT.label(),
                null,
                (long) Exposure.atLeast(b),
                weights[b],
                exposure.tokens(b)));
      }
    }
  }

  private Counts counts() {
    Row sums =
        sequences
            .agg(
                coalesce(sum(SpanColumns.copies()), lit(0L)),
                coalesce(
                    sum(
                        aggregate(
                            col("seq_lengths"),
                            lit(0L),
                            (all, part) -> all.plus(part.cast(DataTypes.LongType)))),
                    lit(0L)))
            .first();
    return new Counts(sums.getLong(0), sums.getLong(1));
  }

  private <T> T during(String what, Supplier<T> work) {
    return JobDescription.during(spark, "Measure: " + what, work);
  }
}
