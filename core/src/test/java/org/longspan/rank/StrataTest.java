package org.longspan.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.longspan.mix.LengthBucket;

class StrataTest {
  private static final Stratum SHORT_BOOKS = new Stratum("book", "0-127");
  private static final Stratum LONG_BOOKS = new Stratum("book", "128-255");
  private static final Stratum BOOKS = new Stratum("book", null);
  private static final Stratum CODE = new Stratum("code", "0-127");

  @Test
  void aSmallCellIsRankedInItsDomainAndASmallDomainAmongAll() {
    Strata strata = Strata.of(Map.of(SHORT_BOOKS, 100L, LONG_BOOKS, 99L, CODE, 5L), 100);

    assertThat(strata.of(SHORT_BOOKS)).isEqualTo(SHORT_BOOKS);
    assertThat(strata.of(LONG_BOOKS)).isEqualTo(BOOKS);
    assertThat(strata.of(CODE)).isEqualTo(Stratum.ALL);
    assertThat(strata.used()).containsExactly(Stratum.ALL, BOOKS, SHORT_BOOKS);
  }

  @Test
  void aLargerStratumCountsAllItsDocuments() {
    Strata strata = Strata.of(Map.of(SHORT_BOOKS, 100L, LONG_BOOKS, 99L, CODE, 5L), 100);

    assertThat(strata.documents(BOOKS)).isEqualTo(199);
    assertThat(strata.documents(Stratum.ALL)).isEqualTo(204);
    assertThat(strata.countedIn(SHORT_BOOKS)).containsExactly(SHORT_BOOKS, BOOKS, Stratum.ALL);
    assertThat(strata.countedIn(CODE)).containsExactly(Stratum.ALL);
  }

  @Test
  void aCorpusBelowTheLeastGroupIsStillRanked() {
    Strata strata = Strata.of(Map.of(CODE, 3L), 100);

    assertThat(strata.of(CODE)).isEqualTo(Stratum.ALL);
    assertThat(Stratum.ALL.level()).isEqualTo(2);
  }

  @Test
  void doublingBordersAreThoseOfTheSelection() {
    IntStream.of(1_024, 4_095, 4_096, (1 << 20) - 1)
        .forEach(
            tokens ->
                assertThat(LengthBorders.DOUBLING.bucket(tokens))
                    .isEqualTo(LengthBucket.of(tokens)));
    assertThat(LengthBorders.DOUBLING.bucket(5)).isEqualTo(new LengthBucket(0, 1_023));
  }

  @Test
  void bordersBeginABucket() {
    LengthBorders borders = new LengthBorders(List.of(8_192, 32_768));

    assertThat(borders.bucket(8_191).label()).isEqualTo("0-8191");
    assertThat(borders.bucket(8_192).label()).isEqualTo("8192-32767");
    assertThat(borders.bucket(40_000).label()).isEqualTo("32768-2147483647");
    assertThat(new LengthBorders(List.of()).bucket(5).label()).isEqualTo("0-2147483647");
    assertThatThrownBy(() -> new LengthBorders(List.of(5, 5)))
        .hasMessageContaining("must ascend from 1 token on, unlike [5, 5]");
  }
}
