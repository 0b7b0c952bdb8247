package org.longspan.action;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.longspan.length.LengthBucket;
import org.longspan.mix.Border;
import org.longspan.mix.LongShare;
import org.longspan.mix.Mix;
import org.longspan.mix.MixParameters;
import org.longspan.mix.Mixes;
import org.longspan.testing.LocalSpark;

/**
 * Lengths as real documents have them, four characters a token: a few very long ones, many short
 * pages. Books have no short documents, so a mix of lengths inside every domain is of the others.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MixRealCorpusTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("longspan.root", "."), "..", "shared/data/corpus");
  private static final int LONG_FROM = 4_096;
  private static final double LONG_SHARE = 0.5;
  private static final StructType FIELDS =
      new StructType()
          .add("id", DataTypes.StringType)
          .add("domain", DataTypes.StringType)
          .add("length_chars", DataTypes.LongType);

  private final SparkSession spark = LocalSpark.session();
  private Dataset<Row> corpus;

  @BeforeAll
  void readLengths() {
    assumeThat(Files.isDirectory(FOLDER))
        .as("SKIPPED: the shared corpus is not at %s, so no mix of real lengths is checked", FOLDER)
        .isTrue();
    corpus =
        spark
            .read()
            .schema(FIELDS)
            .json(FOLDER + "/*.jsonl.gz")
            .select(
                col("id").as("doc_id"),
                col("domain"),
                col("length_chars").divide(4).cast("int").as("n_tokens"))
            .coalesce(2)
            .persist();
  }

  @AfterAll
  void giveBack() {
    if (corpus != null) {
      corpus.unpersist();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "per-source, 2000000", "per-source, 50000000",
    "domain-weighted, 2000000", "domain-weighted, 50000000",
    "unimax, 2000000", "unimax, 50000000",
    "temperature, 2000000", "temperature, 50000000",
    "table, 2000000", "table, 50000000"
  })
  void sharesAreReachedWithACutBorder(String mode, long tokens) {
    UpsampleResult result = choice(mode, tokens, Border.CUT).execute();

    SortedMap<String, Double> figures = MixFigures.of(result.cells(), result.plan(), LONG_FROM);
    assertThat(result.plan().shortages().isEmpty()).isTrue();
    assertThat(result.counts().out().tokens()).isEqualTo(tokens);
    assertThat(result.counts().holds()).isTrue();
    assertThat(figures.get("drift.domain")).as("0.1 points").isLessThan(0.001);
    assertThat(figures.get("drift.long")).as("0.5 points").isLessThan(0.005);
    for (String domain : List.of("legal", "paper", "spec", "web")) {
      assertThat(figures.get("long-share.after." + domain))
          .as(domain)
          .isCloseTo(LONG_SHARE, within(0.005));
    }
  }

  @ParameterizedTest
  @CsvSource({"per-source", "domain-weighted", "unimax", "temperature", "table"})
  void wholeDocumentsMissByHalfTheBorderDocumentAtMost(String mode) {
    UpsampleResult result = choice(mode, 5_000_000, Border.WHOLE).execute();

    result
        .cells()
        .cells()
        .forEach(
            (cell, counts) -> {
              long longest = Math.min(cell.bucket().to(), 400_000);
              assertThat(Math.abs(counts.after().tokens() - result.plan().tokens(cell)))
                  .as(cell.toString())
                  .isLessThanOrEqualTo(longest / 2);
            });
  }

  @Test
  void globalReachesItsLongShareOverTheWholeCorpus() {
    UpsampleResult result =
        UpsampleAction.on(spark, corpus, mix("global"))
            .longFrom(LONG_FROM)
            .tokens(4_000_000)
            .border(Border.CUT)
            .execute();

    assertThat(
            (double) result.cells().after(cell -> cell.bucket().from() >= LONG_FROM).tokens()
                / result.counts().out().tokens())
        .isCloseTo(LONG_SHARE, within(1e-6));
  }

  private UpsampleAction choice(String mode, long tokens, Border border) {
    return UpsampleAction.on(spark, corpus.where("domain <> 'book'"), mix(mode))
        .longFrom(LONG_FROM)
        .tokens(tokens)
        .maxEpochs(100)
        .border(border)
        .seed(11);
  }

  private static Mix mix(String mode) {
    SortedMap<String, Double> weights =
        new TreeMap<>(Map.of("legal", 0.15, "paper", 0.35, "spec", 0.2, "web", 0.3));
    SortedMap<String, SortedMap<LengthBucket, Double>> table = new TreeMap<>();
    weights.forEach(
        (domain, weight) ->
            table.put(
                domain,
                new TreeMap<>(
                    Map.of(
                        LengthBucket.below(LONG_FROM), weight / 2,
                        LengthBucket.atLeast(LONG_FROM), weight / 2))));
    return Mixes.named(
        mode,
        new MixParameters(
            new LongShare(LONG_FROM, LONG_SHARE), weights, new TreeSet<>(), 0.6, 3.3, 4, table));
  }
}
