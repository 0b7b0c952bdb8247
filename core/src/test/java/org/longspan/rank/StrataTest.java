package org.longspan.rank;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

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
}
