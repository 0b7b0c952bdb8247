package org.longspan.action;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
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
 * Lengths as real documents have them: those of the development corpus (49 million tokens of books,
 * code, laws, papers, specifications and web pages) in tokens of {@code builtin:starter}. Books
 * have no short documents, so a mix of lengths inside every domain is of the others.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MixRealCorpusTest {
  /** The resource of core, whose tests read it too. */
  private static final Path LENGTHS =
      Path.of(System.getProperty("longspan.root"), "core/src/test/resources/corpus-lengths.csv.gz");

  private static final int LONG_FROM = 4_096;
  private static final double LONG_SHARE = 0.5;
  private static final StructType FIELDS =
      new StructType()
          .add("doc_id", DataTypes.StringType)
          .add("domain", DataTypes.StringType)
          .add("n_tokens", DataTypes.IntegerType);

  private final SparkSession spark = LocalSpark.session();
  private Dataset<Row> corpus;

  @BeforeAll
  void readLengths() throws IOException {
    List<Row> documents = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(Files.newInputStream(LENGTHS)), UTF_8))) {
      lines
          .lines()
          .skip(1)
          .map(line -> line.split(","))
          .forEach(
              fields ->
                  documents.add(
                      RowFactory.create(
                          "%s-%05d".formatted(fields[0], documents.size()),
                          fields[0],
                          Integer.valueOf(fields[1]))));
    }

    corpus = spark.createDataFrame(documents, FIELDS).coalesce(2).persist();
  }

  @AfterAll
  void giveBack() {
    corpus.unpersist();
  }

  @ParameterizedTest
  @CsvSource({
    "per-source, 2000000", "per-source, 10000000", "per-source, 50000000",
    "domain-weighted, 2000000", "domain-weighted, 10000000", "domain-weighted, 50000000",
    "unimax, 2000000", "unimax, 10000000", "unimax, 50000000",
    "temperature, 2000000", "temperature, 10000000", "temperature, 50000000",
    "table, 2000000", "table, 10000000", "table, 50000000"
  })
  void sharesAreReachedWithACutBorder(String mode, long tokens) {
    UpsampleResult result = choice(mode, tokens, Border.CUT).execute();

    SortedMap<String, Double> figures = MixFigures.of(result.cells(), result.plan(), LONG_FROM);
    assertThat(result.plan().shortages().isEmpty()).isTrue();
    assertThat(result.counts().out().tokens()).isEqualTo(tokens);
    assertThat(result.counts().holds()).isTrue();
    assertThat(figures.get("drift.domain")).as("0.1 points").isLessThan(0.001);
    assertThat(figures.get("drift.long")).as("0.5 points").isLessThan(0.005);
    for (String domain : List.of("code", "legal", "paper", "spec", "web")) {
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

  @ParameterizedTest
  @CsvSource({"2000000", "20000000"})
  void withoutAModeEveryDomainKeepsItsShare(long tokens) {
    UpsampleResult result =
        UpsampleAction.on(spark, corpus, mix("none")).tokens(tokens).border(Border.CUT).execute();

    assertThat(result.counts().out().tokens()).isEqualTo(tokens);
    assertThat(MixFigures.of(result.cells(), result.plan(), LONG_FROM))
        .hasEntrySatisfying("drift.domain", drift -> assertThat(drift).isLessThan(0.001))
        .hasEntrySatisfying("drift.long", drift -> assertThat(drift).isLessThan(0.005));
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
        new TreeMap<>(Map.of("code", 0.25, "legal", 0.15, "paper", 0.2, "spec", 0.15, "web", 0.25));
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
