package org.longspan.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.longspan.plan.CorpusSampleTest.LONG;
import static org.longspan.plan.CorpusSampleTest.SHORT;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.longspan.mix.Cell;
import org.longspan.mix.Infeasible;
import org.longspan.mix.LongShare;
import org.longspan.mix.Mix;
import org.longspan.mix.Natural;
import org.longspan.mix.PerSource;
import org.longspan.mix.Supplies;
import org.longspan.mix.Supply;

class UpsampleForecastTest {
  private static final Supplies CORPUS =
      new Supplies(
          CorpusSampleTest.BORDERS,
          new TreeMap<>(
              Map.of(
                  new Cell("code", SHORT), new Supply(60, 600),
                  new Cell("code", LONG), new Supply(4, 400),
                  new Cell("web", SHORT), new Supply(50, 500))));

  @Test
  void everyDocumentOnceChoosesTheCorpus() {
    UpsampleForecast upsample = forecast(CORPUS, 1, new Natural(), Infeasible.FAIL);

    assertThat(upsample.chosen(cell -> cell.domain().equals("code")))
        .isEqualTo(new Supply(64, 1_000));
    assertThat(upsample.chosen(cell -> true)).isEqualTo(CORPUS.total());
    assertThat(upsample.domains()).containsExactly("code", "web");
    assertThat(upsample.stops()).isFalse();
  }

  @Test
  void ratesReachTheTargetAndWhatCannotStopsTheRunOnlyIfItFails() {
    Mix half = new PerSource(new LongShare(8, 0.5));

    UpsampleForecast failing = forecast(CORPUS, 1, half, Infeasible.FAIL);
    UpsampleForecast nearest = forecast(CORPUS, 1, half, Infeasible.RENORMALISE);

    assertThat(failing.chosen(new Cell("code", LONG)::equals)).isEqualTo(new Supply(5, 500));
    assertThat(failing.rate(new Cell("code", LONG)::equals)).isEqualTo(1.25);
    assertThat(failing.plan().shortages().cells())
        .singleElement()
        .satisfies(lack -> assertThat(lack.cell()).isEqualTo(new Cell("web", LONG)));
    assertThat(failing.stops()).isTrue();
    assertThat(nearest.stops()).isFalse();
  }

  @Test
  void aCutTakesItsShareOfEveryCell() {
    UpsampleForecast upsample = forecast(CORPUS, 0.5, new Natural(), Infeasible.FAIL);

    assertThat(upsample.chosen(new Cell("code", SHORT)::equals)).isEqualTo(new Supply(30, 300));
    assertThat(upsample.chosen(new Cell("code", LONG)::equals)).isEqualTo(new Supply(2, 200));
  }

  @Test
  void aFilterByLengthLeavesTheOtherCells() {
    UpsampleForecast upsample = forecast(CORPUS.within(LONG), 1, new Natural(), Infeasible.FAIL);

    assertThat(upsample.chosen(cell -> true)).isEqualTo(new Supply(4, 400));
  }

  @Test
  void whatAPhaseTakesIsNotLeftForTheNextHoweverOftenItIsTaken() {
    UpsampleForecast half = forecast(CORPUS.within(LONG), 0.5, new Natural(), Infeasible.FAIL);
    UpsampleForecast twice =
        forecast(CORPUS, 1, new PerSource(new LongShare(8, 0.9)), Infeasible.RENORMALISE);

    assertThat(half.left(CORPUS).of(new Cell("code", LONG))).isEqualTo(new Supply(2, 200));
    assertThat(half.left(CORPUS).of(new Cell("web", SHORT))).isEqualTo(new Supply(50, 500));
    assertThat(twice.rate(new Cell("code", LONG)::equals)).isGreaterThan(2);
    assertThat(twice.left(CORPUS).of(new Cell("code", LONG))).isEqualTo(Supply.NONE);
  }

  private static UpsampleForecast forecast(
      Supplies corpus, double kept, Mix mix, Infeasible policy) {
    return UpsampleForecast.of(corpus, kept, mix, 0, 4, policy);
  }
}
