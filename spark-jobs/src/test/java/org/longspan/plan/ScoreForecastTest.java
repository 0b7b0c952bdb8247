package org.longspan.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.longspan.plan.MeasurementSample.SourceWork;

class ScoreForecastTest {
  private static final CorpusSample TENTH_AND_WHOLE =
      new CorpusSample(
          List.of(CorpusSampleTest.source(100, 10), CorpusSampleTest.source(5, 5)),
          List.of(),
          CorpusSampleTest.BORDERS,
          8);

  @Test
  void tokensGrowBySourceAndHoursAreTokensBySpeed() {
    ScoreForecast score =
        forecast(
            new MeasurementSample(
                List.of("prolong"),
                List.of(new SourceWork(0, 8, 2, 7_000), new SourceWork(1, 20, 5, 2_000)),
                2.0));

    ScoreForecast.Measurement prolong = score.measurements().get(0);
    assertThat(prolong.passTokens()).isEqualTo(72_000);
    assertThat(prolong.tooShort()).isEqualTo(0.25);
    assertThat(prolong.coreHours()).isEqualTo(10);
    assertThat(score.shards()).isEqualTo(8);
    assertThat(score.tokensAShard()).isEqualTo(9_000);
    assertThat(score.minutesAShard()).isEqualTo(75);
  }

  @Test
  void measurementsAddUp() {
    ScoreForecast score =
        forecast(
            new MeasurementSample(List.of("a"), List.of(new SourceWork(1, 1, 0, 7_200)), 1),
            new MeasurementSample(List.of("b"), List.of(new SourceWork(1, 1, 0, 7_200)), 2));

    assertThat(score.passTokens()).isEqualTo(14_400);
    assertThat(score.coreHours()).isEqualTo(3);
  }

  @Test
  void nothingToMeasureCostsNothingAndAnUnknownSpeedIsNoHours() {
    ScoreForecast nothing =
        forecast(new MeasurementSample(List.of("a"), List.of(new SourceWork(0, 3, 3, 0)), 0));
    ScoreForecast untried =
        forecast(new MeasurementSample(List.of("a"), List.of(new SourceWork(0, 3, 0, 9)), 0));

    assertThat(nothing.coreHours()).isZero();
    assertThat(nothing.shards()).isZero();
    assertThat(nothing.minutesAShard()).isZero();
    assertThat(untried.coreHours()).isNaN();
  }

  private static ScoreForecast forecast(MeasurementSample... measured) {
    return ScoreForecast.of(TENTH_AND_WHOLE, "model", List.of(measured), 10_000);
  }
}
