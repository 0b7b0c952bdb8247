package org.longspan.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.longspan.attention.Heads;
import org.longspan.score.Score;

/** What is planned for scores that read attention. */
class AttentionMethodsTest {
  private static final List<String> ALL = List.of("attention-distance", "ladm", "longattn");
  private static final ScoringModel STARTER = ScoringModel.check("builtin:starter");

  @Test
  void allOfThemShareOnePassOverTheWindow() {
    assertThat(AttentionMethods.known())
        .containsOnlyKeys("attention-distance", "gateau-awareness", "ladm", "longattn");
    assertThat(passTokens(ALL, 4096)).isEqualTo(4096);
    assertThat(passTokens(List.of("ladm"), 4096)).isEqualTo(4096);
  }

  @Test
  void aPassOverTheWholeWindowForLossesIsTheirsToo() {
    List<String> both = List.of("longfilter", "ladm", "attention-distance");

    assertThat(passTokens(both, 4096)).isEqualTo(passTokens(List.of("longfilter"), 4096));
    assertThat(scoring(settings(both)).measurements()).hasSize(1);
  }

  /** 14 segments of 128 tokens, each before a response of 256, and the response alone. */
  @Test
  void awarenessSharesThatPassAndPaysForItsGains() {
    long gains = 14 * (128 + 256) + 256;

    assertThat(passTokens(List.of("gateau-awareness"), 4096)).isEqualTo(4096 + 2 * gains);
    assertThat(passTokens(List.of("gateau-awareness", "gateau", "ladm"), 4096))
        .isEqualTo(passTokens(List.of("gateau"), 4096) + 2 * gains);
    assertThat(scoring(settings(List.of("gateau-awareness", "gateau"))).measurements()).hasSize(1);
    assertThat(passTokens(List.of("gateau-awareness"), 2048 + 1500))
        .as("a window that is not full")
        .isEqualTo(2048 + gains);
  }

  @Test
  void awarenessOfAWindowLiesFromZeroToOne() {
    int[] ids = IntStream.range(0, 2048).map(t -> 300 + t * t * 31 % 7000).toArray();
    LanguageModels models = new ScoringModels(STARTER, ModelPart.WHOLE, null).load("cpu");
    SharedMeasurement<?> measurement =
        scoring(settings(List.of("gateau-awareness"))).measurements().get(0);

    Score score =
        measurement
            .score(models, 4096, List.of(new Excerpt("document", ids.length, ids)))
            .get(0)
            .get(0);

    assertThat(score.value().getAsDouble()).isStrictlyBetween(0.0, 1.0);
    assertThat(score.details())
        .containsEntry("segments", 14.0)
        .containsEntry("windows", 1.0)
        .containsEntry("agreement", 1 - score.value().getAsDouble());
    assertThat(score.details().get("gain_max")).isGreaterThan(score.details().get("gain_mean"));
  }

  @Test
  void guidanceThatLeavesAWeightToAwarenessNeedsIt() {
    ContextSettings shared = ContextSettings.SHARED;
    ContextSettings joined =
        new ContextSettings(
            shared.windows(),
            shared.copies(),
            shared.methods().with(new ContextSettings.GateauSettings(0, "log-ratio", 128, 0.8)),
            shared.attention());

    assertThatThrownBy(() -> scoring(settings(List.of("gateau")).withContexts(joined)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a weight of 0.8", "add gateau-awareness to the scorers");
    assertThat(
            scoring(settings(List.of("gateau", "gateau-awareness")).withContexts(joined))
                .comparesModels())
        .isTrue();
    assertThatThrownBy(
            () ->
                scoring(
                    settings(List.of("gateau-awareness"))
                        .withContexts(ContextSettings.SHARED.withWindow(128))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("A window of 128 tokens has no room for a segment of 128");
  }

  @Test
  void longAttnAloneAsksForTheFirstLayerAndScoresAsBesideOthers() {
    int[] ids = IntStream.range(0, 2048).map(t -> 300 + t * t * 31 % 7000).toArray();
    List<Excerpt> document = List.of(new Excerpt("document", ids.length, ids));

    assertThat(scoring(settings(List.of("longattn"))).part()).isEqualTo(ModelPart.FIRST_LAYER);
    assertThat(scoring(settings(List.of("longattn", "ladm"))).part()).isEqualTo(ModelPart.WHOLE);
    assertThat(scoring(settings(List.of("longattn", "prolong"))).part()).isEqualTo(ModelPart.WHOLE);
    assertThat(longAttn(ModelPart.FIRST_LAYER, document))
        .isCloseTo(longAttn(ModelPart.WHOLE, document), within(1e-6));
  }

  private static double longAttn(ModelPart part, List<Excerpt> document) {
    LanguageModels models = new ScoringModels(STARTER, part, null).load("cpu");
    SharedMeasurement<?> measurement = scoring(settings(List.of("longattn"))).measurements().get(0);
    return measurement.score(models, 4096, document).get(0).get(0).value().getAsDouble();
  }

  @Test
  void blocksOfQueriesAreReadWhereTheWholeWouldBe() {
    AttentionSettings some = AttentionSettings.PUBLISHED.withBlocks(16);

    assertThat(scoring(settings(List.of("longattn"), some)).part())
        .isEqualTo(ModelPart.FIRST_LAYER);
    assertThat(scoring(settings(ALL, some)).measurements()).hasSize(1);
    assertThat(scoring(settings(ALL, some)).passTokens("document", 4096)).isEqualTo(4096);
  }

  @Test
  void allBlocksGiveTheScoreOfAllQueriesAndFewOneWithAnError() {
    AttentionSettings every =
        AttentionSettings.PUBLISHED.with(
            new AttentionSettings.DistanceSettings(0, 1, 4, 0, List.of()));

    List<Score> whole = scores(every);
    List<Score> all = scores(every.withBlocks(256));
    List<Score> few = scores(every.withBlocks(16));

    for (int i = 0; i < 2; i++) {
      double value = whole.get(i).value().getAsDouble();
      String error = i == 0 ? "score_error" : "ds_error";
      assertThat(all.get(i).value().getAsDouble()).isCloseTo(value, within(1e-6 * value));
      assertThat(all.get(i).details()).containsEntry(error, 0.0);
      assertThat(few.get(i).value().getAsDouble()).isNotEqualTo(value);
      assertThat(Math.abs(few.get(i).value().getAsDouble() - value))
          .isLessThan(3 * few.get(i).details().get(error));
      assertThat(whole.get(i).details()).doesNotContainKey(error);
    }
  }

  /** Of attention by distance and LongAttn. */
  private static List<Score> scores(AttentionSettings attention) {
    int[] ids = IntStream.range(0, 2048).map(t -> 300 + t * t * 31 % 7000).toArray();
    SharedMeasurement<?> measurement =
        scoring(settings(List.of("attention-distance", "longattn"), attention))
            .measurements()
            .get(0);
    assertThat(measurement.scorers()).containsExactly("attention-distance", "longattn");
    LanguageModels models = new ScoringModels(STARTER, ModelPart.WHOLE, null).load("cpu");
    return measurement
        .score(models, 4096, List.of(new Excerpt("document", ids.length, ids)))
        .get(0);
  }

  @Test
  void onlyFullWindowsAreRead() {
    assertThat(scoring(settings(ALL)).measurements().get(0).tooShort(2047))
        .hasValueSatisfying(why -> assertThat(why).contains("2047 tokens", "2048"));
    assertThat(passTokens(ALL, 2048 + 1500)).isEqualTo(2048);
  }

  @Test
  void windowsFromBothEndsAreAllFull() {
    ContextSettings ends =
        new ContextSettings(
            new ContextSettings.Windows(1000, 0, false, "ends"),
            ContextSettings.SHARED.copies(),
            ContextSettings.SHARED.methods(),
            AttentionSettings.PUBLISHED);
    SharedMeasurement<?> measurement =
        scoring(settings(List.of("longattn")).withContexts(ends)).measurements().get(0);

    assertThat(measurement.passTokens("document", 2500)).isEqualTo(3000);
    assertThat(measurement.positions("document", 2500))
        .as("a token that two windows share is read once")
        .hasSize(2500)
        .isSorted();
  }

  @Test
  void spansThatDoNotDivideTheWindowAreRefused() {
    AttentionSettings odd =
        AttentionSettings.PUBLISHED.with(
            new AttentionSettings.LadmSettings("code", 100, 4, 4, 0, List.of(), List.of()));

    assertThatThrownBy(() -> scoring(settings(List.of("ladm"), odd)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("spans of 100 tokens do not divide a window of 2048", "such as 2000");
  }

  @Test
  void headsThatTheModelLacksAreRefusedWhereTheyAreRead() {
    AttentionSettings absent =
        AttentionSettings.PUBLISHED
            .with(new AttentionSettings.LadmSettings("code", 0, 4, 4, 0, List.of(), List.of("99")))
            .with(new AttentionSettings.DistanceSettings(0, 4, 4, 0, List.of("0/99")));

    assertThatThrownBy(() -> settings(List.of("ladm"), absent).forModel(STARTER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("There is no layer 99");
    assertThatThrownBy(() -> settings(List.of("attention-distance"), absent).forModel(STARTER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("There is no head 99");
    assertThat(settings(List.of("longattn"), absent).forModel(STARTER).scorers())
        .containsExactly("longattn");
  }

  @Test
  void aModelOfUnknownArithmeticHasNoAttentionToRead() {
    ScoringModel opaque =
        new ScoringModel("/models/opaque", "f", STARTER.tokenizer(), 8192, 2048, 0, 0, 0);

    assertThatThrownBy(() -> settings(List.of("longfilter", "ladm")).forModel(opaque))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("/models/opaque cannot be read", "leave ladm out");
    assertThat(settings(List.of("longfilter")).forModel(opaque).contexts().window())
        .isEqualTo(2048);
  }

  @Test
  void onlySpansShowLinks() {
    ScoringSettings both = settings(List.of("ladm", "attention-distance"));

    assertThat(scoring(both.withSideTables(links("ladm", 512))).measurements()).hasSize(1);
    assertThatThrownBy(() -> scoring(both.withSideTables(links("ladm", 2048))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a window of 2,048 tokens", "over 2,048");
    assertThatThrownBy(() -> scoring(both.withSideTables(links("attention-distance", 512))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Links of 'attention-distance' are wanted", "only [ladm] give them");
  }

  @Test
  void publishedSpansAreThoseOfALongWindow() {
    assertThat(AttentionSettings.PUBLISHED.ladm(32_768).view().span()).isEqualTo(128);
    assertThat(AttentionSettings.PUBLISHED.ladm(2048).view().span()).isEqualTo(8);
    assertThat(AttentionSettings.PUBLISHED.ladm(2048).view().heads()).isEqualTo(Heads.ALL);
    assertThat(AttentionSettings.PUBLISHED.longAttn(32_768, 0).view().distance()).isEqualTo(8192);
  }

  private static SideTables links(String from, int leastDistance) {
    return SideTables.NONE.with(new SideTables.LinkSettings(from, 16, leastDistance));
  }

  private static long passTokens(List<String> scorers, int tokens) {
    return scoring(settings(scorers)).passTokens("document", tokens);
  }

  private static Scoring scoring(ScoringSettings settings) {
    return Scoring.of(settings.forModel(STARTER));
  }

  private static ScoringSettings settings(List<String> scorers) {
    return settings(scorers, AttentionSettings.PUBLISHED);
  }

  private static ScoringSettings settings(List<String> scorers, AttentionSettings attention) {
    return new ScoringSettings(
        scorers, 0, ProLongSettings.PUBLISHED, ContextSettings.SHARED.with(attention), 0);
  }
}
