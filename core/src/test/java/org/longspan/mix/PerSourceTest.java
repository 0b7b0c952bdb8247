package org.longspan.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PerSourceTest {
  private static final Supply BOOK = new Supply("book", 60, 6_000, 4, 4_000);
  private static final Supply WEB = new Supply("web", 900, 70_000, 10, 20_000);

  @Test
  void everyDomainReachesTheLongShareAndKeepsItsOwn() {
    MixPlan plan = new PerSource(1_000, 0.6, 0, 4).plan(List.of(WEB, BOOK));

    assertThat(plan.infeasible()).isEmpty();
    assertThat(plan.tokens()).isEqualTo(100_000);
    assertThat(plan.rate(new Cell("book", Length.LONG))).isCloseTo(1.5, within(1e-12));
    assertThat(plan.rate(new Cell("book", Length.SHORT))).isCloseTo(4.0 / 6, within(1e-12));
    assertThat(plan.rate(new Cell("web", Length.LONG))).isCloseTo(2.7, within(1e-12));
    assertThat(plan.rate(new Cell("web", Length.SHORT))).isCloseTo(36.0 / 70, within(1e-12));
  }

  @Test
  void ratesScaleWithTheTokens() {
    MixPlan plan = new PerSource(1_000, 0.6, 50_000, 4).plan(List.of(WEB, BOOK));
    assertThat(plan.tokens()).isEqualTo(50_000);
    assertThat(plan.rate(new Cell("book", Length.LONG))).isCloseTo(0.75, within(1e-12));
  }

  @Test
  void cellBeyondTheLimitIsNamedAndTheOtherCellTakesItsRest() {
    MixPlan plan = new PerSource(1_000, 0.9, 0, 4).plan(List.of(WEB, BOOK));

    InfeasibleCell cell = plan.infeasible().get(0);
    assertThat(plan.infeasible()).hasSize(1);
    assertThat(cell.cell()).isEqualTo(new Cell("web", Length.LONG));
    assertThat(cell.wantedRate()).isCloseTo(4.05, within(1e-12));
    assertThat(cell.limit()).isEqualTo(4);
    assertThat(cell.sentence())
        .isEqualTo(
            "Domain web would have to repeat its 10 long documents (20,000 tokens) 4.05 times to hold 90.0 % of its tokens, and the limit is 4.0. Set upsample.long-share to at most 0.888, change upsample.long-from, raise upsample.max-epochs, or set upsample.infeasible = shrink, which gives this domain a long share of 0.889.");
    assertThat(plan.rate(new Cell("web", Length.LONG))).isEqualTo(4);
    assertThat(plan.rate(new Cell("web", Length.SHORT)) * 70_000).isCloseTo(10_000, within(1e-6));
    assertThat(plan.rate(new Cell("book", Length.LONG))).isCloseTo(2.25, within(1e-12));
  }

  @Test
  void domainWithoutLongDocumentsIsNamed() {
    MixPlan plan =
        new PerSource(1_000, 0.3, 0, 4).plan(List.of(BOOK, new Supply("chat", 5, 500, 0, 0)));

    assertThat(plan.infeasible())
        .extracting(InfeasibleCell::cell)
        .containsExactly(new Cell("chat", Length.LONG));
    assertThat(plan.infeasible().get(0).wantedRate()).isInfinite();
    assertThat(plan.infeasible().get(0).sentence())
        .startsWith("Domain chat has no long documents (from 1000 tokens)");
    assertThat(plan.rate(new Cell("chat", Length.SHORT))).isEqualTo(1);
    assertThat(plan.rate(new Cell("chat", Length.LONG))).isZero();
  }

  @Test
  void domainWithoutShortDocumentsIsNamed() {
    MixPlan plan =
        new PerSource(1_000, 0.3, 0, 4).plan(List.of(BOOK, new Supply("law", 0, 0, 3, 9_000)));

    assertThat(plan.infeasible())
        .extracting(InfeasibleCell::cell)
        .containsExactly(new Cell("law", Length.SHORT));
    assertThat(plan.rate(new Cell("law", Length.LONG))).isEqualTo(1);
  }

  @Test
  void budgetBeyondAllEpochsShrinksForEveryDomainAlike() {
    MixPlan plan = new PerSource(1_000, 0.4, 1_000_000, 4).plan(List.of(WEB, BOOK));

    assertThat(plan.tokens()).isEqualTo(400_000);
    assertThat(plan.infeasible()).isNotEmpty();
    assertThat(plan.infeasible().get(0).sentence()).contains("upsample.tokens to at most 400,000");
    plan.rates().values().forEach(rates -> assertThat(rates).isEqualTo(new Rates(4, 4)));
  }

  @Test
  void shareThatNeedsNoDocumentsOfACellIsFeasibleWithoutThem() {
    MixPlan plan = new PerSource(1_000, 0, 0, 4).plan(List.of(new Supply("chat", 5, 500, 0, 0)));
    assertThat(plan.infeasible()).isEmpty();
    assertThat(plan.rate(new Cell("chat", Length.SHORT))).isEqualTo(1);
  }

  @Test
  void corpusWithoutTokensIsRefused() {
    assertThatThrownBy(() -> new PerSource(1_000, 0.5, 0, 4).plan(List.of()))
        .hasMessageContaining("no tokens");
  }

  @Test
  void valuesOutOfRangeAreRefusedByName() {
    assertThatThrownBy(() -> new PerSource(0, 0.5, 0, 4)).hasMessageContaining("long-from");
    assertThatThrownBy(() -> new PerSource(1, 1.5, 0, 4)).hasMessageContaining("not 1.5");
    assertThatThrownBy(() -> new PerSource(1, 0.5, -1, 4)).hasMessageContaining("upsample.tokens");
    assertThatThrownBy(() -> new PerSource(1, 0.5, 0, Double.NaN)).hasMessageContaining("NaN");
  }

  @Property
  void domainsKeepTheirSharesAndNoCellExceedsTheLimit(
      @ForAll @Size(min = 1, max = 8) List<@LongRange(max = 1_000_000) Long> shorts,
      @ForAll @LongRange(max = 1_000_000) long longs,
      @ForAll @DoubleRange(min = 0, max = 1) double longShare,
      @ForAll @LongRange(max = 30_000_000) long tokens) {
    List<Supply> supplies =
        IntStream.range(0, shorts.size())
            .mapToObj(d -> new Supply("d" + d, 1, shorts.get(d), 1, (longs + 1) / (d + 1)))
            .toList();
    long corpus = supplies.stream().mapToLong(Supply::tokens).sum();
    assumeThat(corpus).isPositive();

    MixPlan plan = new PerSource(1_000, longShare, tokens, 4).plan(supplies);

    for (Supply supply : supplies) {
      Rates rates = plan.rates().get(supply.domain());
      assertThat(rates.shorts()).isBetween(0.0, 4 + 1e-9);
      assertThat(rates.longs()).isBetween(0.0, 4 + 1e-9);
      double chosen = rates.shorts() * supply.shortTokens() + rates.longs() * supply.longTokens();
      assertThat(chosen).isCloseTo((double) plan.tokens() * supply.tokens() / corpus, within(1.0));
      if (plan.infeasible().isEmpty()) {
        // A target that is missed by less than a token is not reported.
        assertThat(rates.longs() * supply.longTokens()).isCloseTo(longShare * chosen, within(1.01));
      }
    }
  }
}
