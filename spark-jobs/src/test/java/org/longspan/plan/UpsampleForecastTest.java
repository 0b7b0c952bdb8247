package org.longspan.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.longspan.mix.EveryDocumentOnce;
import org.longspan.mix.PerSource;
import org.longspan.mix.Supply;

class UpsampleForecastTest {
  private static final List<Supply> CORPUS =
      List.of(new Supply("code", 60, 600, 4, 400), new Supply("web", 50, 500, 0, 0));

  @Test
  void everyDocumentOnceChoosesTheCorpus() {
    UpsampleForecast upsample = UpsampleForecast.of(CORPUS, 1, new EveryDocumentOnce(8), true);

    assertThat(upsample.chosen("code")).isEqualTo(CORPUS.get(0));
    assertThat(upsample.chosen()).isEqualTo(new Supply("all", 110, 1100, 4, 400));
    assertThat(upsample.stops()).isFalse();
  }

  @Test
  void ratesReachTheTargetAndWhatCannotStopsTheRunOnlyIfItFails() {
    PerSource half = new PerSource(8, 0.5, 0, 4);

    UpsampleForecast failing = UpsampleForecast.of(CORPUS, 1, half, true);
    UpsampleForecast shrinking = UpsampleForecast.of(CORPUS, 1, half, false);

    assertThat(failing.chosen("code")).isEqualTo(new Supply("code", 50, 500, 5, 500));
    assertThat(failing.plan().infeasible())
        .singleElement()
        .satisfies(cell -> assertThat(cell.sentence()).contains("Domain web has no long"));
    assertThat(failing.stops()).isTrue();
    assertThat(shrinking.stops()).isFalse();
  }

  @Test
  void aCutTakesItsShareOfEveryCell() {
    UpsampleForecast upsample = UpsampleForecast.of(CORPUS, 0.5, new EveryDocumentOnce(8), true);

    assertThat(upsample.chosen("code")).isEqualTo(new Supply("code", 30, 300, 2, 200));
  }
}
