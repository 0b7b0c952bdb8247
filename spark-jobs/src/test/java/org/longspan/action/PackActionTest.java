package org.longspan.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.longspan.action.SequenceShape.Span;
import org.longspan.pack.DatasetDecomposition.Overlong;
import org.longspan.pack.DatasetDecomposition.Unit;
import org.longspan.pack.Decompose;
import org.longspan.pack.Decompose.Tail;
import org.longspan.pack.NextLong;
import org.longspan.pack.Pieces;
import org.longspan.pack.Splice;
import org.longspan.run.Counts;
import org.longspan.stage.StageFailedException;
import org.longspan.stage.Tables;
import org.longspan.testing.LocalSpark;

class PackActionTest {
  private static final int END = 9_999;
  private static final int PAD = 7_777;

  private final SparkSession spark = LocalSpark.session();

  /** Figure 1 of "Fewer Truncations": 14, 7, 5, 2 and 3 tokens on sequences of 8. */
  @Test
  void bestFitLaysOutTheExampleOfItsPaper() {
    Corpus corpus =
        new Corpus()
            .numbered("a", "web", 1, 100, 14)
            .numbered("b", "web", 1, 200, 7)
            .numbered("c", "web", 1, 300, 5)
            .numbered("d", "web", 1, 400, 2)
            .numbered("e", "web", 1, 500, 3);

    try (PackResult packed =
        corpus.packing().packer("best-fit").sequenceLength(8).padToken(PAD).execute()) {
      assertThat(Sequence.all(packed.sequences()))
          .extracting(Sequence::inputIds)
          .containsExactly(
              List.of(100, 101, 102, 103, 104, 105, 106, 107),
              List.of(108, 109, 110, 111, 112, 113, 400, 401),
              List.of(300, 301, 302, 303, 304, 500, 501, 502),
              List.of(200, 201, 202, 203, 204, 205, 206, PAD));
      assertThat(packed.figures())
          .containsEntry("sequences", 4.0)
          .containsEntry("sequences.best-fit", 4.0)
          .containsEntry("fill", 31.0 / 32);
      assertThat(packed.counts().in()).isEqualTo(new Counts(5, 31));
      assertThat(packed.counts().added()).containsOnly(Map.entry("pad", new Counts(0, 1)));
      assertThat(packed.counts().out()).isEqualTo(new Counts(5, 32));
    }
  }

  @Test
  void relatedDocumentsShareASequenceAndEachEndsInASeparator() {
    Corpus corpus =
        new Corpus()
            .document("a", "web", 1, 11, 12, 13)
            .document("b", "web", 1, 21, 22, 23)
            .edge("a", "b", 0, 0.5)
            .edge("b", "a", 0, 0.5);

    try (PackResult packed =
        corpus.packing().sequenceLength(8).separatorToken(END).padToken(PAD).execute()) {
      Sequence row = Sequence.all(packed.sequences()).get(0);
      boolean isAFirst = row.spans().get(0).docId().equals("a");

      assertThat(row.inputIds())
          .isEqualTo(
              isAFirst
                  ? List.of(11, 12, 13, END, 21, 22, 23, END)
                  : List.of(21, 22, 23, END, 11, 12, 13, END));
      assertThat(row.spans())
          .containsExactly(
              new Span(isAFirst ? "a" : "b", 0, 0, 3, "body"),
              new Span(null, null, 0, 1, "separator"),
              new Span(isAFirst ? "b" : "a", 0, 0, 3, "body"),
              new Span(null, null, 0, 1, "separator"));
      assertThat(row.seqLengths()).containsExactly(4, 4);
      assertThat(row.lossRuns()).isNull();
      assertThat(row.relatedness()).isEqualTo(0.5);
      assertThat(row.packer()).isEqualTo("splice");
      assertThat(row.domains()).containsExactly("web");
    }
  }

  @Test
  void whatIsLeftOfAllDomainsIsPackedTogetherAndPadded() {
    Corpus corpus = new Corpus().document("a", "book", 1, 1, 2, 3).document("b", "code", 1, 4, 5);

    try (PackResult packed = corpus.packing().sequenceLength(8).padToken(PAD).execute()) {
      assertThat(Sequence.all(packed.sequences()))
          .containsExactly(
              new Sequence(
                  0,
                  List.of(1, 2, 3, 4, 5, PAD, PAD, PAD),
                  List.of(
                      new Span("a", 0, 0, 3, "body"),
                      new Span("b", 0, 0, 2, "body"),
                      new Span(null, null, 0, 3, "pad")),
                  List.of(3, 2, 3),
                  List.of(5, 3),
                  0,
                  "best-fit",
                  List.of("book", "code")));
    }
  }

  @ParameterizedTest
  @CsvSource({"splice, -1", "splice, 9999", "best-fit, -1", "best-fit, 9999"})
  void theLastCopyEndsWhereTheSelectionSays(String packer, int separator) {
    Corpus corpus =
        new Corpus().numbered("a", "web", 3, 100, 11).cutTo(4).numbered("b", "web", 1, 200, 9);

    try (PackResult packed =
        corpus
            .packing()
            .packer(packer)
            .sequenceLength(8)
            .separatorToken(separator)
            .padToken(PAD)
            .execute()) {
      assertThat(packed.counts().in()).isEqualTo(new Counts(4, 11 + 11 + 4 + 9));
      assertThat(packed.counts().holds()).isTrue();
      assertThat(
              Sequence.all(packed.sequences()).stream()
                  .flatMap(sequence -> sequence.spans().stream())
                  .filter(span -> "a".equals(span.docId()) && span.copy() == 2)
                  .mapToInt(span -> span.end() - span.start())
                  .sum())
          .isEqualTo(4);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "splice, IDENTITY, -1",
    "splice, SHUFFLE, 9999",
    "best-fit, IDENTITY, 9999",
    "concat, IDENTITY, 9999",
    "random, IDENTITY, 9999",
    "random-within-domain, IDENTITY, -1",
    "p-mix, IDENTITY, 9999",
    "decompose, IDENTITY, 9999",
    "in-context, IDENTITY, 9999",
    "knn, IDENTITY, 9999",
    "cluster, IDENTITY, 9999",
    "topics, IDENTITY, -1",
    "quest, IDENTITY, 9999",
    "datasculpt, IDENTITY, 9999",
    "retrieval-groups, IDENTITY, 9999",
    "nextlong, IDENTITY, 9999",
    "interleaved, IDENTITY, 9999"
  })
  void everyTokenOfEveryCopyStandsInExactlyOnePlace(
      String packer, Splice.Order order, int separator) {
    Corpus corpus = Corpus.threeDomains();

    try (PackResult packed =
        corpus
            .packing()
            .packer(packer)
            .options(new Splice.Options(1, order))
            .options(new Decompose.Options(Unit.POWER, 4, Overlong.LONGEST, Tail.PACK))
            .options(new NextLong.Options(4, 1.5, NextLong.Placement.HEAD, 2))
            .sequenceLength(32)
            .separatorToken(separator)
            .padToken(PAD)
            .sliceDocuments(10)
            .seed(3)
            .execute()) {
      List<Sequence> sequences = Sequence.all(packed.sequences());
      Map<String, int[]> rebuilt = rebuilt(sequences, corpus);

      Map<String, int[]> expected = new HashMap<>();
      corpus
          .copies()
          .forEach(
              (docId, copies) ->
                  IntStream.range(0, copies)
                      .forEach(c -> expected.put(docId + "/" + c, corpus.tokensOf(docId))));
      assertThat(rebuilt.keySet()).isEqualTo(expected.keySet());
      expected.forEach((copy, tokens) -> assertThat(rebuilt.get(copy)).as(copy).isEqualTo(tokens));

      assertThat(sequences).extracting(Sequence::id).isEqualTo(ids(sequences.size()));
      assertThat(sequences).allSatisfy(PackActionTest::addedTokensAreWhatTheirSpansSay);
      assertThat(sequences)
          .allSatisfy(
              s ->
                  assertThat(s.seqLengths().stream().mapToInt(Integer::intValue).sum())
                      .isEqualTo(s.inputIds().size()));
      assertThat(packed.counts().holds()).isTrue();
      assertThat(packed.counts().out())
          .isEqualTo(
              new Counts(
                  expected.size(), sequences.stream().mapToLong(s -> s.inputIds().size()).sum()));
      assertThat(sequences).allMatch(s -> packer.equals("decompose") || s.inputIds().size() == 32);
      assertThat(count(sequences, "separator")).isEqualTo(separator < 0 ? 0 : expected.size());
    }
  }

  @Test
  void layoutDoesNotDependOnHowTheTablesArePartitioned() {
    Corpus corpus = Corpus.threeDomains();
    PackAction once = corpus.packing();
    PackAction again =
        PackAction.on(
            spark,
            corpus.tokens().repartition(7),
            corpus.selection().repartition(5),
            corpus.edges().repartition(6));

    assertThat(sequences(again)).isEqualTo(sequences(once)).hasSizeGreaterThan(20);
  }

  @Test
  void figuresAreOfEachPackerAndOfAll() {
    Corpus corpus = Corpus.threeDomains();

    try (PackResult packed = corpus.packing().sequenceLength(32).padToken(PAD).execute()) {
      List<Sequence> all = Sequence.all(packed.sequences());
      List<Sequence> splice = all.stream().filter(s -> s.packer().equals("splice")).toList();
      long tokens = 32L * all.size();

      assertThat(packed.figures())
          .containsEntry("sequences", (double) all.size())
          .containsEntry("sequences.splice", (double) splice.size())
          .containsEntry("fill.splice", 1.0)
          .containsEntry("fill", (double) (tokens - count(all, "pad")) / tokens)
          .containsEntry(
              "starved", (double) splice.stream().filter(s -> s.relatedness() < 1e-9).count());
      assertThat(packed.figures().get("relatedness"))
          .isCloseTo(
              all.stream().mapToDouble(Sequence::relatedness).average().orElseThrow(),
              Offset.offset(1e-9));
    }
  }

  @Test
  void documentsWithoutATokenAreDroppedAndCounted() {
    Corpus corpus = new Corpus().document("a", "web", 1, 1, 2).document("none", "web", 2);

    try (PackResult packed = corpus.packing().sequenceLength(2).execute()) {
      assertThat(packed.counts().in()).isEqualTo(new Counts(3, 2));
      assertThat(packed.counts().out()).isEqualTo(new Counts(1, 2));
      assertThat(packed.counts().dropped()).containsOnly(Map.entry("empty", new Counts(2, 0)));
      assertThat(packed.drops().columns()).isEqualTo(Tables.DROPS_SCHEMA.names());
      assertThat(packed.drops().collectAsList())
          .extracting(row -> row.getString(0))
          .containsExactly("none", "none");
    }
  }

  @Test
  void decomposedSequencesHavePowersOfTwoAndTheShortestStandFirst() {
    Corpus corpus =
        new Corpus()
            .numbered("a", "web", 1, 100, 13)
            .numbered("b", "book", 2, 200, 9)
            .numbered("c", "book", 1, 300, 3);

    try (PackResult packed = decomposing(corpus, Tail.DROP).execute()) {
      assertThat(Sequence.all(packed.sequences()))
          .extracting(Sequence::inputIds)
          .containsExactly(
              List.of(108, 109, 110, 111),
              List.of(200, 201, 202, 203, 204, 205, 206, 207),
              List.of(200, 201, 202, 203, 204, 205, 206, 207),
              List.of(100, 101, 102, 103, 104, 105, 106, 107));
      assertThat(packed.counts().dropped())
          .containsOnly(
              Map.entry("tail", new Counts(0, 3)), Map.entry("too-short", new Counts(1, 3)));
      assertThat(packed.counts().holds()).isTrue();
      assertThat(packed.drops().orderBy("doc_id").collectAsList())
          .extracting(row -> row.getString(0) + " " + row.getString(2) + " " + row.getLong(3))
          .containsExactly("a tail 1", "b tail 1", "b tail 1", "c too-short 3");
    }
  }

  @Test
  void tailsShareSequencesOfTheSmallestLength() {
    Corpus corpus = new Corpus().numbered("a", "web", 1, 100, 13).numbered("c", "book", 1, 300, 2);

    try (PackResult packed = decomposing(corpus, Tail.PACK).execute()) {
      assertThat(Sequence.all(packed.sequences()))
          .extracting(Sequence::inputIds)
          .contains(List.of(300, 301, 112, PAD));
      assertThat(packed.counts().dropped()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"best-fit", "random"})
  void piecesOfADocumentAreNoLongerThanAsked(String packer) {
    try (PackResult packed =
        Corpus.threeDomains()
            .packing()
            .packer(packer)
            .options(new Pieces(4))
            .sequenceLength(32)
            .execute()) {
      assertThat(
              Sequence.all(packed.sequences()).stream()
                  .flatMap(sequence -> sequence.spans().stream())
                  .filter(span -> span.role().equals("body"))
                  .mapToInt(Span::length))
          .hasSizeGreaterThan(20)
          .allMatch(length -> length <= 4);
    }
  }

  @Test
  void longDocumentsAreCutShortLeftOutOrRefusedAsAsked() {
    Corpus corpus =
        new Corpus()
            .numbered("long", "web", 2, 100, 13)
            .cutTo(10)
            .numbered("short", "web", 1, 200, 5);

    try (PackResult cut = sized(corpus, LongDocuments.TRUNCATE).execute()) {
      assertThat(cut.counts().dropped()).containsOnly(Map.entry("truncated", new Counts(0, 6 + 3)));
      assertThat(cut.counts().out().documents()).isEqualTo(3);
      assertThat(cut.counts().holds()).isTrue();
    }

    try (PackResult left = sized(corpus, LongDocuments.DROP).execute()) {
      assertThat(left.counts().dropped())
          .containsOnly(Map.entry("too-long", new Counts(2, 13 + 10)));
      assertThat(left.drops().collectAsList())
          .extracting(row -> row.getLong(3))
          .containsExactlyInAnyOrder(13L, 10L);
      assertThat(left.counts().holds()).isTrue();
    }

    assertThatThrownBy(() -> sized(corpus, LongDocuments.ERROR).execute())
        .isInstanceOf(StageFailedException.class)
        .hasMessageStartingWith("Document long has 13 tokens, and a sequence holds 7");
  }

  /** 250 tokens on sequences of 100: chunks from 0, 83 and 150. */
  @Test
  void sequencesOfALongDocumentMayOverlapAndWhatTheyRepeatIsCounted() {
    Corpus corpus = new Corpus().numbered("a", "web", 1, 1000, 250);

    try (PackResult packed = corpus.packing().packer("seamless").sequenceLength(100).execute()) {
      assertThat(Sequence.all(packed.sequences()))
          .extracting(sequence -> sequence.spans().get(0))
          .containsExactlyInAnyOrder(
              new Span("a", 0, 0, 100, "body"),
              new Span("a", 0, 83, 183, "body"),
              new Span("a", 0, 150, 250, "body"));
      assertThat(packed.counts().added()).containsOnly(Map.entry("repeated", new Counts(0, 50)));
      assertThat(packed.counts().holds()).isTrue();
    }
  }

  @Test
  void negativesOfNextLongAreTokensOfTheirDocumentsInTheirOwnRole() {
    try (PackResult packed =
        Corpus.threeDomains()
            .packing()
            .packer("nextlong")
            .options(new NextLong.Options(4, 1.5, NextLong.Placement.HEAD, 3))
            .sequenceLength(32)
            .sliceDocuments(100)
            .execute()) {
      assertThat(packed.counts().holds()).isTrue();
      assertThat(Sequence.all(packed.sequences()))
          .filteredOn(sequence -> sequence.packer().equals("nextlong"))
          .isNotEmpty()
          .anySatisfy(
              sequence -> assertThat(sequence.spans()).extracting(Span::role).contains("negative"));
    }
  }

  private static PackAction decomposing(Corpus corpus, Tail tail) {
    return corpus
        .packing()
        .packer("decompose")
        .options(new Decompose.Options(Unit.POWER, 4, Overlong.LONGEST, tail))
        .sequenceLength(8)
        .padToken(PAD);
  }

  private static PackAction sized(Corpus corpus, LongDocuments policy) {
    return corpus
        .packing()
        .packer("best-fit")
        .sequenceLength(8)
        .separatorToken(END)
        .padToken(PAD)
        .longDocuments(policy);
  }

  @Test
  void sequencesHaveTheColumnsOfTheirTable() {
    Corpus corpus = new Corpus().document("a", "web", 1, 1, 2);

    try (PackResult packed = corpus.packing().sequenceLength(2).execute()) {
      assertThat(packed.sequences().schema().simpleString())
          .isEqualTo(Tables.SEQUENCES_SCHEMA.simpleString());
    }
  }

  @Test
  void nothingStaysInTheSessionAfterClose() {
    try (PackResult packed = Corpus.threeDomains().packing().sequenceLength(32).execute()) {
      assertThat(packed.layout().storageLevel().useMemory()).isTrue();
    }

    assertThat(spark.sharedState().cacheManager().isEmpty()).isTrue();
  }

  @Test
  void emptySelectionIsRefused() {
    PackAction packing = new Corpus().document("a", "web", 0, 1, 2).packing();

    assertThatThrownBy(packing::execute)
        .isInstanceOf(StageFailedException.class)
        .hasMessageStartingWith("There is nothing to pack");
  }

  @Test
  void settingsOutOfTheirRangeAreRefusedByName() {
    Corpus corpus = new Corpus().document("a", "web", 1, 1, 2);

    assertThatThrownBy(() -> corpus.packing().sequenceLength(0).execute())
        .isInstanceOf(StageFailedException.class)
        .hasMessageContaining("the sequence length is 0");
    assertThatThrownBy(() -> corpus.packing().packer("spliced").execute())
        .isInstanceOf(StageFailedException.class)
        .hasMessageContaining("\"spliced\"");
    assertThatThrownBy(() -> corpus.packing().packer("decompose").sequenceLength(24).execute())
        .isInstanceOf(StageFailedException.class)
        .hasMessageContaining("24 tokens are none");
    assertThatThrownBy(() -> corpus.packing().sliceDocuments(0).execute())
        .isInstanceOf(StageFailedException.class);
  }

  @Test
  void selectionAndTokensOfDifferentDocumentsAreRefused() {
    Corpus corpus = new Corpus().document("a", "web", 1, 1, 2).document("b", "web", 1, 3);
    Dataset<Row> others = new Corpus().document("a", "web", 1, 1, 2, 3).tokens();

    assertThatThrownBy(
            () -> PackAction.on(spark, others, corpus.selection(), corpus.edges()).execute())
        .isInstanceOf(StageFailedException.class)
        .hasMessageStartingWith("Document a has 2 tokens in the selection but 3");
  }

  @Test
  void documentsAreLaidOutInTheSlicesThatRelateHasFound() {
    Corpus corpus =
        new Corpus()
            .numbered("a", "web", 1, 10, 4)
            .numbered("b", "web", 1, 20, 4)
            .numbered("c", "web", 1, 30, 4)
            .numbered("d", "web", 1, 40, 4)
            .edge("a", "c", 0, 1)
            .edge("b", "d", 0, 1)
            .edge("a", "b", 1, 0.5);
    Dataset<Row> places =
        LocalSpark.session()
            .sql(
                "SELECT * FROM VALUES ('a', 0, true), ('c', 0, true), ('b', 1, true), ('d', 1, true), ('c', 1, false) AS t(doc_id, slice, home)");

    try (PackResult packed =
        corpus.packing().packer("splice").sequenceLength(8).slices(places).execute()) {
      assertThat(
              packed.layout().selectExpr("concat_ws('', array_sort(spans.doc_id))").collectAsList())
          .extracting(row -> row.getString(0))
          .containsExactlyInAnyOrder("ac", "bd");
    }

    assertThatThrownBy(
            () -> corpus.packing().slices(places.where("doc_id <> 'b'")).execute().close())
        .hasStackTraceContaining("Document b is in the selection but in none of the slices");
  }

  @Test
  void tokensShorterThanTheySayFailTheSequenceByName() {
    Corpus corpus = new Corpus().document("a", "web", 1, 1, 2);
    Dataset<Row> shorter =
        corpus.tokens().selectExpr("doc_id", "domain", "n_tokens", "array(1) input_ids");

    try (PackResult packed =
        PackAction.on(spark, shorter, corpus.selection(), corpus.edges())
            .sequenceLength(2)
            .execute()) {
      assertThatThrownBy(() -> packed.sequences().collectAsList())
          .hasMessageContaining("Sequence 0 must have 2 tokens, but the tokens table gives 1");
    }
  }

  private static List<Sequence> sequences(PackAction packing) {
    try (PackResult packed =
        packing.sequenceLength(32).separatorToken(END).padToken(PAD).sliceDocuments(10).execute()) {
      return Sequence.all(packed.sequences());
    }
  }

  /** Every document copy put together again from the body spans; -1 where a token is missing. */
  private static Map<String, int[]> rebuilt(List<Sequence> sequences, Corpus corpus) {
    Map<String, int[]> rebuilt = new HashMap<>();
    for (Sequence sequence : sequences) {
      int position = 0;
      for (Span span : sequence.spans()) {
        if (span.docId() != null) {
          int[] copy =
              rebuilt.computeIfAbsent(
                  span.docId() + "/" + span.copy(),
                  key -> {
                    int[] missing = new int[corpus.tokensOf(span.docId()).length];
                    Arrays.fill(missing, -1);
                    return missing;
                  });
          for (int i = 0; i < span.length(); i++) {
            assertThat(copy[span.start() + i]).as("placed before").isEqualTo(-1);
            copy[span.start() + i] = sequence.inputIds().get(position + i);
          }
        }

        position += span.length();
      }

      assertThat(sequence.inputIds())
          .hasSizeBetween(4, 32)
          .hasSize(sequence.spans().stream().mapToInt(Span::length).sum());
      assertThat(position).isEqualTo(sequence.inputIds().size());
    }

    return rebuilt;
  }

  private static void addedTokensAreWhatTheirSpansSay(Sequence sequence) {
    int position = 0;
    for (Span span : sequence.spans()) {
      List<Integer> tokens = sequence.inputIds().subList(position, position + span.length());
      if (span.role().equals("separator")) {
        assertThat(tokens).containsExactly(END);
      } else if (span.role().equals("pad")) {
        assertThat(tokens).containsOnly(PAD);
      }

      position += span.length();
    }
  }

  private static long count(List<Sequence> sequences, String role) {
    return sequences.stream()
        .flatMap(s -> s.spans().stream())
        .filter(span -> span.role().equals(role))
        .mapToLong(Span::length)
        .sum();
  }

  private static List<Long> ids(int sequences) {
    return IntStream.range(0, sequences).mapToObj(id -> (long) id).toList();
  }
}
