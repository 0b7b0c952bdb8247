package org.longspan.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.longspan.model.LoadedModels;
import org.longspan.model.ModelDirectory;
import org.longspan.model.ReferenceScores;
import org.longspan.score.Score;

/** Documents whose dependency is known, made of real text and scored by the starter model. */
class ControlsTest {
  private static final List<String> SCORERS =
      List.of("copy-share", "longfilter", "longfilter-non-copy", "spectrum");
  private static final int WINDOW = 2048;
  private static final int PASSAGE = 128;

  private static List<Map<String, Score>> genuine;
  private static List<Map<String, Score>> repeated;
  private static List<Map<String, Score>> mixed;

  @BeforeAll
  static void score() throws IOException {
    ModelDirectory starter = ModelDirectory.resolve("builtin:starter");
    List<int[]> texts =
        ReferenceScores.tokens("documents.jsonl", starter).values().stream()
            .filter(ids -> ids.length >= WINDOW)
            .map(ids -> Arrays.copyOf(ids, WINDOW))
            .toList();
    List<int[]> all = new ArrayList<>(texts);
    texts.forEach(ids -> all.add(twice(ids)));
    IntStream.range(0, texts.size()).forEach(i -> all.add(passages(texts, i)));
    List<Map<String, Score>> scores = scores(starter, all);
    genuine = scores.subList(0, texts.size());
    repeated = scores.subList(texts.size(), 2 * texts.size());
    mixed = scores.subList(2 * texts.size(), 3 * texts.size());
  }

  @Test
  void whatARepeatedDocumentGainsIsCopied() {
    System.out.println(
        "copy share genuine "
            + genuine.stream().map(s -> s.get("copy-share").details().get("copy_share")).toList());
    System.out.println(
        "copy share repeated "
            + repeated.stream().map(s -> s.get("copy-share").details().get("copy_share")).toList());
    assertThat(repeated)
        .allSatisfy(
            scores ->
                assertThat(scores.get("copy-share").details().get("copy_share"))
                    .isGreaterThan(0.8));
    assertThat(mean(genuine, "copy-share")).isGreaterThan(0.8);
  }

  @Test
  void repetitionRaisesTheScoreAndNotItsNonCopyPart() {
    System.out.println(
        mean(genuine, "longfilter")
            + " "
            + mean(genuine, "longfilter-non-copy")
            + " "
            + mean(repeated, "longfilter")
            + " "
            + mean(repeated, "longfilter-non-copy"));
    assertThat(mean(repeated, "longfilter")).isGreaterThan(mean(genuine, "longfilter"));
    assertThat(mean(repeated, "longfilter-non-copy"))
        .isLessThan(mean(genuine, "longfilter-non-copy"));
  }

  /** A passage is shorter than the spectrum's shortest context, so nothing beyond it is its own. */
  @Test
  void passagesOfManyTextsHaveASpectrumNearZero() {
    for (List<Map<String, Score>> those : List.of(genuine, mixed)) {
      System.out.println(
          those.stream()
              .map(
                  s ->
                      s.get("spectrum").value()
                          + Arrays.toString(s.get("spectrum").profile())
                          + s.get("spectrum").details())
              .toList());
    }
    assertThat(mean(mixed, "spectrum")).isLessThan(mean(genuine, "spectrum") / 4);
    assertThat(mean(mixed, "spectrum")).isBetween(-0.05, 0.05);
  }

  private static List<Map<String, Score>> scores(ModelDirectory model, List<int[]> documents) {
    Scoring scoring =
        Scoring.of(
            new ScoringSettings(
                SCORERS,
                0,
                ProLongSettings.PUBLISHED,
                ContextSettings.SHARED.withWindow(WINDOW),
                0));
    SharedMeasurement<?> measurement = scoring.measurements().get(0);
    List<Excerpt> excerpts =
        documents.stream().map(ids -> new Excerpt("document", ids.length, ids)).toList();
    List<Map<String, Score>> byName = new ArrayList<>();

    for (List<Score> scores :
        measurement.score(LanguageModels.of(LoadedModels.of(model, "cpu")), 4096, excerpts)) {
      byName.add(
          Map.of(
              measurement.scorers().get(0), scores.get(0),
              measurement.scorers().get(1), scores.get(1),
              measurement.scorers().get(2), scores.get(2),
              measurement.scorers().get(3), scores.get(3)));
    }

    return byName;
  }

  /** The first half of a text and itself again. */
  private static int[] twice(int[] ids) {
    int[] twice = Arrays.copyOf(ids, ids.length);
    System.arraycopy(ids, 0, twice, ids.length / 2, ids.length - ids.length / 2);
    return twice;
  }

  /** Passages of all texts in turn, each from another place, so that none continues another. */
  private static int[] passages(List<int[]> texts, int first) {
    int[] ids = new int[WINDOW];

    for (int p = 0; p < WINDOW / PASSAGE; p++) {
      int from = p * 5 % (WINDOW / PASSAGE) * PASSAGE;
      System.arraycopy(texts.get((first + p) % texts.size()), from, ids, p * PASSAGE, PASSAGE);
    }

    return ids;
  }

  private static double mean(Collection<Map<String, Score>> documents, String scorer) {
    return documents.stream()
        .mapToDouble(scores -> scores.get(scorer).value().getAsDouble())
        .average()
        .getAsDouble();
  }
}
