package org.longspan.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.longspan.testing.LocalSpark;

class ConcatenateActionTest {
  private static final int WINDOW = 10;

  @Test
  void aWindowIsTheBeginningOfOneDocumentAConcatenationThatOfSeveral() {
    Corpus corpus = domain(new Corpus(), "book", 2, 12, 9, 5);

    List<Row> windows = rows(execute(corpus, 3, 2));

    assertThat(windows).hasSize(4);
    for (Row window : windows) {
      List<Integer> ids = window.getList(4);
      assertThat(window.getInt(3)).isEqualTo(WINDOW);
      assertThat(ids).hasSize(WINDOW);
      if (window.getString(2).equals("native")) {
        assertThat(window.getString(0)).startsWith("native book-long-");
        assertRuns(ids, WINDOW);
      } else {
        assertRuns(ids, 4, 3, 3);
      }
    }
  }

  @Test
  void noDocumentIsUsedTwiceWhereThereAreEnough() {
    Corpus corpus = domain(new Corpus(), "book", 9, 15, 30, 4);

    ConcatenateResult result = execute(corpus, 4, 5);

    assertThat(sources(result)).hasSize(5 + 5 * 4).doesNotHaveDuplicates();
    assertThat(result.counts()).containsExactly(Map.entry("book", 5));
    assertThat(result.notes()).isEmpty();
  }

  @Test
  void whereThereAreTooFewAllAreUsedInOtherGroupsAndThatIsTold() {
    Corpus corpus = domain(new Corpus(), "book", 4, 15, 5, 5);

    ConcatenateResult result = execute(corpus, 4, 4);

    List<String> strung =
        rows(result).stream()
            .filter(row -> row.getString(2).equals("concatenation"))
            .map(row -> row.<Integer>getList(4).toString())
            .toList();
    assertThat(strung).hasSize(4).doesNotHaveDuplicates();
    assertThat(result.notes())
        .containsExactly(
            "book has 5 other documents for the 16 pieces of its concatenations: each is used up to 4 times.");
  }

  @Test
  void domainsWithTooFewDocumentsAreNamedAndLeftOut() {
    Corpus corpus = domain(new Corpus(), "book", 1, 15, 4, 5);
    domain(corpus, "code", 0, 0, 30, 9);
    domain(corpus, "web", 2, 15, 2, 5);

    ConcatenateResult result = execute(corpus, 4, 3);

    assertThat(result.counts()).containsExactly(Map.entry("book", 1));
    assertThat(result.notes())
        .containsExactly(
            "book has 1 windows of each kind in place of 3: that is what its documents of at least 10 tokens give.",
            "code is left out: it has no document of 10 tokens.",
            "web is left out: it has 4 documents of at least 3 tokens, and a window and a concatenation need 5.");
  }

  @Test
  void theSeedAndNothingElseDecides() {
    Corpus corpus = domain(new Corpus(), "book", 9, 15, 30, 4);
    Dataset<Row> tokens = corpus.tokens();
    ConcatenateAction asked = ConcatenateAction.on(LocalSpark.session(), tokens.repartition(7));

    List<String> sampled = sources(execute(corpus, 4, 5));

    assertThat(sources(asked.window(WINDOW).parts(4).windows(5).execute())).isEqualTo(sampled);
    assertThat(sources(asked.seed(1).execute())).isNotEqualTo(sampled);
  }

  @Test
  void aWindowHasATokenForEachPart() {
    ConcatenateAction asked =
        ConcatenateAction.on(LocalSpark.session(), new Corpus().tokens()).window(7);

    assertThatThrownBy(asked::execute)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("7 tokens")
        .hasMessageContaining("8 documents");
  }

  private static ConcatenateResult execute(Corpus corpus, int parts, int windows) {
    return ConcatenateAction.on(LocalSpark.session(), corpus.tokens())
        .window(WINDOW)
        .parts(parts)
        .windows(windows)
        .execute();
  }

  private static List<Row> rows(ConcatenateResult result) {
    return result.windows().orderBy("doc_id").collectAsList();
  }

  /** The first token of each document in the windows, one window after the other. */
  private static List<String> sources(ConcatenateResult result) {
    return rows(result).stream()
        .flatMap(row -> row.<Integer>getList(4).stream())
        .map(id -> id / 1000)
        .distinct()
        .map(String::valueOf)
        .toList();
  }

  /** Documents whose ids count on from a thousand of their own. */
  private static Corpus domain(
      Corpus corpus, String domain, int longs, int longTokens, int shorts, int shortTokens) {
    int first = 1000 * (1 + Math.floorMod(domain.hashCode(), 900));
    for (int d = 0; d < longs + shorts; d++) {
      boolean isLong = d < longs;
      corpus.numbered(
          "%s-%s-%d".formatted(domain, isLong ? "long" : "short", d),
          domain,
          1,
          first + 1000 * d,
          isLong ? longTokens : shortTokens);
    }

    return corpus;
  }

  /** That ids are the first tokens of so many different documents. */
  private static void assertRuns(List<Integer> ids, int... lengths) {
    Set<Integer> documents = new TreeSet<>();
    int at = 0;
    for (int length : lengths) {
      int first = ids.get(at);
      assertThat(first % 1000).isZero();
      assertThat(documents.add(first)).isTrue();
      for (int i = 0; i < length; i++) {
        assertThat(ids.get(at + i)).isEqualTo(first + i);
      }

      at += length;
    }

    assertThat(at).isEqualTo(ids.size());
  }
}
