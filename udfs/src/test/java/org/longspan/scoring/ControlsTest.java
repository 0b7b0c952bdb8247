package org.longspan.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.longspan.model.LoadedModels;
import org.longspan.model.ModelDirectory;
import org.longspan.model.ReferenceScores;
import org.longspan.score.Score;
import org.longspan.score.Status;

/** Documents whose dependency is known, made of real text and scored by the starter model. */
class ControlsTest {
  private static final int WINDOW = 2048;
  private static final int PASSAGE = 128;
  private static final int FEW = 4;
  private static final List<String> SCORERS =
      List.of("copy-share", "longfilter", "longfilter-non-copy", "spectrum");

  private static List<int[]> texts;
  private static List<Map<String, Score>> genuine;

  @BeforeAll
  static void scoreGenuineTexts() throws IOException {
    texts =
        ReferenceScores.tokens("documents.jsonl", ModelDirectory.resolve("builtin:starter"))
            .values()
            .stream()
            .filter(ids -> ids.length >= WINDOW)
            .map(ids -> Arrays.copyOf(ids, WINDOW))
            .toList();
    genuine = scores(texts);
  }

  @Test
  void whatARepeatedDocumentGainsIsCopied() {
    assertThat(scores(texts.stream().limit(FEW).map(ids -> twice(ids, 512)).toList()))
        .allSatisfy(scores -> assertThat(copyShare(scores)).isGreaterThan(0.8));
    assertThat(genuine).allSatisfy(scores -> assertThat(copyShare(scores)).isLessThan(0.2));
  }

  @Test
  void repetitionRaisesTheScoreAndLowersItsNonCopyPart() {
    List<Map<String, Score>> repeated =
        scores(texts.stream().limit(FEW).map(ids -> twice(ids, WINDOW / 2)).toList());

    List<Map<String, Score>> same = genuine.subList(0, FEW);
    assertThat(mean(repeated, "longfilter")).isGreaterThan(mean(same, "longfilter"));
    assertThat(mean(repeated, "longfilter-non-copy")).isLessThan(mean(same, "longfilter-non-copy"));
  }

  /**
   * A passage is shorter than the spectrum's shortest context, so nothing beyond that is its own.
   */
  @Test
  void passagesOfManyTextsHaveASpectrumNearZero() {
    List<Map<String, Score>> mixed =
        scores(
            List.of("spectrum"),
            IntStream.range(0, texts.size()).mapToObj(ControlsTest::passages).toList());

    assertThat(mixed)
        .allSatisfy(
            scores ->
                assertThat(scores.get("spectrum").value().getAsDouble()).isBetween(-0.05, 0.05));
    assertThat(mean(mixed, "spectrum")).isLessThan(mean(genuine, "spectrum") / 2);
  }

  @Test
  void everyScorerOfOneModelScoresARealText() {
    List<String> ofOneModel =
        ContextMethods.known().keySet().stream()
            .filter(name -> !measurement(List.of(name)).comparesModels())
            .toList();

    assertThat(ofOneModel).contains("longwanjuan", "internlm2", "delta", "ltf", "dependency");
    assertThat(scores(ofOneModel, texts.subList(0, 1)).get(0))
        .hasSize(ofOneModel.size())
        .allSatisfy((name, score) -> assertThat(score.status()).isEqualTo(Status.SCORED));
  }

  private static List<Map<String, Score>> scores(List<int[]> documents) {
    return scores(SCORERS, documents);
  }

  private static List<Map<String, Score>> scores(List<String> scorers, List<int[]> documents) {
    SharedMeasurement<?> measurement = measurement(scorers);
    LanguageModels starter =
        LanguageModels.of(LoadedModels.of(ModelDirectory.resolve("builtin:starter"), "cpu"));
    List<Excerpt> excerpts =
        documents.stream().map(ids -> new Excerpt("document", ids.length, ids)).toList();
    List<Map<String, Score>> byScorer = new ArrayList<>();

    for (List<Score> scores : measurement.score(starter, 4096, excerpts)) {
      Map<String, Score> named = new TreeMap<>();
      IntStream.range(0, scores.size())
          .forEach(s -> named.put(measurement.scorers().get(s), scores.get(s)));
      byScorer.add(named);
    }

    return byScorer;
  }

  private static SharedMeasurement<?> measurement(List<String> scorers) {
    return Scoring.of(
            new ScoringSettings(
                scorers,
                0,
                ProLongSettings.PUBLISHED,
                ContextSettings.SHARED.withWindow(WINDOW),
                0))
        .measurements()
        .get(0);
  }

  /** The beginning of a text and itself again. */
  private static int[] twice(int[] ids, int beginning) {
    int[] twice = Arrays.copyOf(ids, 2 * beginning);
    System.arraycopy(ids, 0, twice, beginning, beginning);
    return twice;
  }

  /** Passages of all texts in turn, each from another place, so that none continues another. */
  private static int[] passages(int first) {
    int[] ids = new int[WINDOW];

    for (int p = 0; p < WINDOW / PASSAGE; p++) {
      int from = p * 5 % (WINDOW / PASSAGE) * PASSAGE;
      System.arraycopy(texts.get((first + p) % texts.size()), from, ids, p * PASSAGE, PASSAGE);
    }

    return ids;
  }

  private static double copyShare(Map<String, Score> scores) {
    return scores.get("copy-share").details().get("copy_share");
  }

  private static double mean(List<Map<String, Score>> documents, String scorer) {
    return documents.stream()
        .mapToDouble(scores -> scores.get(scorer).value().getAsDouble())
        .average()
        .getAsDouble();
  }
}
