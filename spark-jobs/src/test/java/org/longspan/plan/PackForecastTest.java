package org.longspan.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.longspan.mix.Supply;

class PackForecastTest {
  private static final Supply CHOSEN = new Supply(10, 95);

  @Test
  void aSeparatorStandsBehindEachCopy() {
    assertThat(pack(true, 8192).sequences()).isEqualTo(11);
    assertThat(pack(false, 8192).sequences()).isEqualTo(10);
  }

  @Test
  void megatronTakesTwoOrFourBytesATokenAndTwentyASequence() {
    assertThat(pack(false, 8192).bytes("megatron")).isEqualTo(10 * (2 * 10 + 20) + 42);
    assertThat(pack(false, 128_256).bytes("megatron")).isEqualTo(10 * (4 * 10 + 20) + 42);
  }

  @Test
  void parquetTakesTheBitsThatTheVocabularyNeeds() {
    assertThat(pack(false, 8192).bytes("parquet")).isEqualTo(10 * 10 * 13 / 8);
    assertThat(pack(false, 8193).parquetTokenBits()).isEqualTo(14);
    assertThat(pack(false, 2).parquetTokenBits()).isEqualTo(1);
  }

  private static PackForecast pack(boolean separated, int vocabulary) {
    return PackForecast.of(CHOSEN, separated, 10, vocabulary, List.of("parquet", "megatron"));
  }
}
