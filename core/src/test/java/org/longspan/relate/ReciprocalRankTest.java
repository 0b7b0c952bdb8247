package org.longspan.relate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReciprocalRankTest {
  @Test
  void whoStandsInBothRankingsComesFirst() {
    List<ReciprocalRank.Fused> fused =
        ReciprocalRank.of(List.of(List.of("a", "b", "c"), List.of("d", "c", "b")));

    // b: 1/62 + 1/63, c: 1/63 + 1/62, a and d: 1/61; ties by id.
    assertThat(fused).extracting(ReciprocalRank.Fused::id).containsExactly("b", "c", "a", "d");
    assertThat(fused.get(0).score()).isCloseTo((1 / 62.0 + 1 / 63.0) / (2 / 61.0), within(1e-12));
    assertThat(fused.get(2).score()).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void firstInAllIsOneAndNothingIsNothing() {
    assertThat(ReciprocalRank.of(List.of(List.of("a"), List.of("a"))))
        .containsExactly(new ReciprocalRank.Fused("a", 1));
    assertThat(ReciprocalRank.of(List.of(List.of(), List.of()))).isEmpty();
  }
}
