package org.longspan.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.longspan.tokenizer.Tokenizer;

class LongspanFunctionsTest {
  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.ansi.enabled", "true")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.warehouse.dir", "target/spark-warehouse")
            .config("spark.sql.extensions", "org.longspan.LongspanExtensions")
            .getOrCreate();
    spark.sparkContext().setLogLevel("ERROR");
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void tokensAreThoseOfTheTokenizer() {
    Tokenizer starter = Tokenizer.load("builtin:starter");
    Row row =
        first(
            "SELECT longspan_tokens('A longer context.'), longspan_token_count('A longer context.'), longspan_token_count('', 'builtin:starter')");

    assertThat(row.<Integer>getList(0))
        .containsExactlyElementsOf(
            IntStream.of(starter.encode("A longer context.")).boxed().toList());
    assertThat(row.getInt(1)).isEqualTo(row.getList(0).size());
    assertThat(row.getInt(2)).isZero();
  }

  @Test
  void aClassFollowsFromThreeRanks() {
    Row row =
        first(
            "SELECT longspan_class(0.9, 0.8, 0.5), longspan_class(0.1, 0.2, 0.9), longspan_class(0.9, 0.8, 0.5, 0.05), longspan_class(NULL, 0.8, 0.5)");

    assertThat(row.getString(0)).isEqualTo("holistic");
    assertThat(row.getString(1)).isEqualTo("chaotic");
    assertThat(row.getString(2)).isEqualTo("aggregated");
    assertThat(row.isNullAt(3)).isTrue();
  }

  @Test
  void aScoreIsTheSameEachTime() {
    String text =
        IntStream.range(0, 80)
            .mapToObj(i -> "Captain " + i % 7 + " sailed to harbour " + i % 5 + ".")
            .collect(Collectors.joining(" "));
    Row row =
        first(
            "SELECT longspan_score(t, 'prolong'), longspan_score(t, 'prolong', 'builtin:starter') FROM VALUES ('"
                + text
                + "') AS v(t)");

    assertThat(row.getDouble(0)).isFinite().isPositive().isEqualTo(row.getDouble(1));
  }

  @Test
  void aScorerOfTextNeedsNoModel() {
    Row row =
        first(
            "SELECT longspan_score(repeat('a', 1000), 'compressibility', '/no/model'), longspan_score('', 'compressibility')");

    assertThat(row.getDouble(0)).isEqualTo(0.029);
    assertThat(row.isNullAt(1)).isTrue();
  }

  @Test
  void aShortTextHasNoScore() {
    assertThat(first("SELECT longspan_score('Too short.', 'prolong')").isNullAt(0)).isTrue();
  }

  @Test
  void nullInGivesNullOut() {
    Row row =
        first(
            "SELECT longspan_tokens(null), longspan_token_count(null), longspan_score(null, 'prolong'), longspan_score('a', null)");

    assertThat(IntStream.range(0, 4)).allMatch(row::isNullAt);
  }

  @Test
  void anUnknownScorerIsRefusedWithTheKnownNames() {
    assertThatThrownBy(() -> spark.sql("SELECT longspan_score('a', 'prolonged')"))
        .hasStackTraceContaining(
            "There is no scorer 'prolonged': name one of compressibility, prolong");
  }

  @Test
  void aWrongNumberOfArgumentsShowsTheRightOne() {
    assertThatThrownBy(() -> spark.sql("SELECT longspan_score('a')"))
        .hasStackTraceContaining("longspan_score takes 2 or 3 arguments, not 1")
        .hasStackTraceContaining("(text, scorer [, model])");
  }

  @Test
  void aMissingTokenizerIsNamed() {
    assertThatThrownBy(() -> first("SELECT longspan_tokens('a', '/nowhere/tokenizer.json')"))
        .hasStackTraceContaining("There is no tokenizer at /nowhere/tokenizer.json");
  }

  @Test
  void aRunningSessionGetsTheFunctionsByACall() {
    SparkSession running = spark.newSession();
    running.sessionState().functionRegistry().clear();
    LongspanFunctions.register(running);

    assertThat(running.sql("SELECT longspan_token_count('one two')").first().getInt(0))
        .isEqualTo(2);
  }

  private static Row first(String sql) {
    return spark.sql(sql).first();
  }
}
