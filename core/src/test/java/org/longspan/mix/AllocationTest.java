package org.longspan.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.longspan.mix.Corpus.longs;
import static org.longspan.mix.Corpus.shorts;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.longspan.length.LengthBorders;
import org.longspan.length.LengthBucket;

class AllocationTest {
  private static final Supplies BOOK_AND_WEB =
      new Corpus().domain("book", 6_000, 4_000).domain("web", 70_000, 20_000).supplies();

  /** Targets as they are, whatever the corpus. */
  private record Wanted(SortedMap<Cell, Double> shares) implements Mix {
    @Override
    public List<LengthBucket> ranges() {
      return List.of();
    }

    @Override
    public Targets targets(Supplies supplies, long tokens) {
      SortedMap<Cell, Double> targets = new TreeMap<>();
      double sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();
      shares.forEach((cell, share) -> targets.put(cell, tokens * share / sum));
      return new Targets(targets);
    }
  }

  @Test
  void everyDocumentIsTakenOnceWhereNothingIsWanted() {
    MixPlan plan = Allocation.plan(new Natural(), BOOK_AND_WEB, 0, 1, Infeasible.FAIL);

    BOOK_AND_WEB
        .cells()
        .forEach((cell, supply) -> assertThat(plan.tokens(cell)).isEqualTo(supply.tokens()));
    assertThat(plan.repeatedMuch()).isEmpty();
  }

  @Test
  void renormaliseGivesWhatACellLacksToItsDomainFirst() {
    MixPlan plan = perSource(0.9, 0, Infeasible.RENORMALISE);

    assertThat(plan.rate(longs("web"))).isEqualTo(4);
    assertThat(plan.tokens(shorts("web"))).isEqualTo(10_000);
    assertThat(plan.tokens(longs("book"))).isEqualTo(9_000);
    assertThat(plan.tokens()).isEqualTo(100_000);
    assertThat(plan.shortages().cells())
        .singleElement()
        .satisfies(
            lack -> {
              assertThat(lack.cell()).isEqualTo(longs("web"));
              assertThat(lack.wanted()).isEqualTo(81_000);
              assertThat(lack.available()).isEqualTo(80_000);
              assertThat(lack.missing()).isEqualTo(1_000);
              assertThat(lack.renormalised()).isEqualTo(new Shortage.Given(80_000, 0.8));
            });
  }

  @Test
  void shrinkKeepsEveryShareAndTakesFewer() {
    MixPlan plan = perSource(0.9, 0, Infeasible.SHRINK);

    assertThat(plan.tokens()).isEqualTo(98_765);
    assertThat(plan.tokens(longs("web"))).isEqualTo(80_000);
    assertThat(plan.tokens(longs("book"))).isCloseTo(8_889, within(1L));
    assertThat(plan.shortages().shrunkTokens()).isEqualTo(98_765);
    assertThat(perSource(0.9, 98_765, Infeasible.FAIL).shortages().isEmpty()).isTrue();
  }

  @Test
  void theTableOfAShortageHasEveryPolicysNumbers() {
    assertThat(perSource(0.9, 0, Infeasible.FAIL).shortages().text())
        .isEqualTo(
            """
            1 cell can not have the tokens that upsample asks for, with each document taken at most 4.0 times (upsample.max-epochs):
              cell                  wanted  available  missing  shrink gives   share  renormalise   share
              web 1000-2147483647   81,000     80,000    1,000        80,000  81.0 %       80,000  80.0 %
              all cells            100,000               1,000        98,765              100,000
            Set upsample.tokens to at most 98,765, which has every share (or upsample.infeasible = shrink), raise upsample.max-epochs, or set upsample.infeasible = renormalise, which goes as near to the shares as the corpus allows.""");
  }

  @Test
  void anEmptyCellThatIsWantedLeavesShrinkWithNothing() {
    Supplies corpus = new Corpus().domain("book", 6_000, 4_000).domain("chat", 500, 0).supplies();
    Mix mix = new PerSource(new LongShare(1_000, 0.3));

    MixPlan shrunk = Allocation.plan(mix, corpus, 0, 4, Infeasible.SHRINK);
    MixPlan spread = Allocation.plan(mix, corpus, 0, 4, Infeasible.RENORMALISE);

    assertThat(shrunk.tokens()).isZero();
    assertThat(shrunk.shortages().text())
        .contains("chat 1000-2147483647     150          0")
        .contains("A cell that should have tokens is empty, so shrink chooses none");
    assertThat(spread.rate(shorts("chat"))).isEqualTo(1);
    assertThat(spread.tokens()).isEqualTo(10_500);
  }

  @Test
  void whatADomainLacksGoesToOtherDomains() {
    SortedMap<String, Double> weights = new TreeMap<>();
    weights.put("book", 0.8);
    weights.put("web", 0.2);

    MixPlan plan =
        Allocation.plan(
            new DomainWeighted(weights, new NaturalLengths()),
            BOOK_AND_WEB,
            100_000,
            4,
            Infeasible.RENORMALISE);

    assertThat(plan.tokens(shorts("book")) + plan.tokens(longs("book"))).isEqualTo(40_000);
    assertThat(plan.tokens()).isEqualTo(100_000);
    assertThat(plan.rate(longs("web"))).isCloseTo(2 / 3.0, within(1e-3));
  }

  @Test
  void aBudgetBeyondAllEpochsIsRefusedWithItsNumbers() {
    assertThatThrownBy(() -> perSource(0.4, 1_000_000, Infeasible.FAIL))
        .isInstanceOf(UnfitMixException.class)
        .hasMessageStartingWith(
            "upsample.tokens asks for 1,000,000 tokens, but the corpus has 100,000, and at most 4.0 times each (upsample.max-epochs) these are 400,000");
    assertThat(perSource(0.4, 1_000_000, Infeasible.RENORMALISE).tokens()).isEqualTo(400_000);
    assertThat(perSource(0.4, 1_000_000, Infeasible.SHRINK).tokens()).isLessThan(400_000);
  }

  @Test
  void cellsThatAreRepeatedMuchAreNamed() {
    MixPlan plan =
        Allocation.plan(
            new PerSource(new LongShare(1_000, 0.95)), BOOK_AND_WEB, 0, 16, Infeasible.FAIL);

    assertThat(plan.repeatedMuch()).containsExactly(longs("web"));
    assertThat(RepeatedData.worth(100, 0.5)).isEqualTo(50);
    assertThat(RepeatedData.worth(100, 4)).isCloseTo(371.9, within(0.1));
  }

  @Test
  void valuesOutOfRangeAreRefusedByName() {
    assertThatThrownBy(
            () -> Allocation.plan(new Natural(), BOOK_AND_WEB, 0, Double.NaN, Infeasible.FAIL))
        .hasMessageContaining("upsample.max-epochs");
    assertThatThrownBy(
            () -> Allocation.plan(new Natural(), new Corpus().supplies(), 0, 4, Infeasible.FAIL))
        .hasMessageContaining("no tokens");
    assertThatThrownBy(() -> Infeasible.parse("warn"))
        .hasMessage("upsample.infeasible must be fail or shrink or renormalise, not \"warn\".");
  }

  @Property
  void capsHoldAndTheBudgetIsNeverPassed(
      @ForAll("corpora") Supplies corpus,
      @ForAll("wanted") SortedMap<Cell, Double> wanted,
      @ForAll @LongRange(min = 1, max = 3_000_000) long tokens,
      @ForAll @DoubleRange(min = 0.5, max = 16) double maxEpochs,
      @ForAll("policies") Infeasible policy) {
    Assume.that(corpus.total().tokens() > 0 && wanted.values().stream().anyMatch(w -> w > 0));

    MixPlan plan = Allocation.plan(new Wanted(wanted), corpus, tokens, maxEpochs, policy);

    assertThat(plan.tokens()).isLessThanOrEqualTo(tokens);
    plan.chosen()
        .forEach(
            (cell, chosen) -> {
              assertThat((double) chosen).isLessThanOrEqualTo(maxEpochs * corpus.of(cell).tokens());
              assertThat(plan.targets().of(cell)).as("a cell that should have some").isPositive();
            });
    if (plan.shortages().isEmpty()) {
      assertThat(plan.tokens()).isCloseTo(tokens, within((long) wanted.size()));
      plan.targets()
          .tokens()
          .forEach(
              (cell, target) ->
                  assertThat((double) plan.tokens(cell))
                      .isCloseTo(target, within(1.0 + wanted.size())));
    }
  }

  @Property
  void shrunkSharesAreThoseOfTheTargets(
      @ForAll("corpora") Supplies corpus,
      @ForAll("wanted") SortedMap<Cell, Double> wanted,
      @ForAll @LongRange(min = 1_000_000, max = 9_000_000) long tokens) {
    Assume.that(corpus.total().tokens() > 0 && wanted.values().stream().anyMatch(w -> w > 0));

    MixPlan plan = Allocation.plan(new Wanted(wanted), corpus, tokens, 4, Infeasible.SHRINK);

    double all = plan.targets().total();
    plan.targets()
        .tokens()
        .forEach(
            (cell, target) ->
                assertThat((double) plan.tokens(cell))
                    .isCloseTo(target / all * plan.tokens(), within(1.5)));
  }

  /** Nobody could have more without somebody else passing a cap: no wanted cell has room left. */
  @Property
  void renormaliseLeavesNothingThatSomeWantedCellCouldTake(
      @ForAll("corpora") Supplies corpus,
      @ForAll("wanted") SortedMap<Cell, Double> wanted,
      @ForAll @LongRange(min = 1, max = 9_000_000) long tokens) {
    Assume.that(corpus.total().tokens() > 0 && wanted.values().stream().anyMatch(w -> w > 0));

    MixPlan plan = Allocation.plan(new Wanted(wanted), corpus, tokens, 4, Infeasible.RENORMALISE);

    long room =
        wanted.entrySet().stream()
            .filter(want -> want.getValue() > 0)
            .mapToLong(want -> 4 * corpus.of(want.getKey()).tokens())
            .sum();
    assertThat(plan.tokens()).isEqualTo(Math.min(room, tokens));
  }

  @Property
  void mixesShareOutTheWholeBudget(
      @ForAll("corpora") Supplies corpus,
      @ForAll("mixes") Mix mix,
      @ForAll @LongRange(min = 1, max = 9_000_000) long tokens) {
    Assume.that(corpus.total().tokens() > 0);

    Targets targets = mix.targets(corpus, tokens);

    assertThat(targets.total()).isCloseTo(tokens, within(1e-6 * tokens));
    assertThat(targets.tokens().values()).allSatisfy(t -> assertThat(t).isNotNegative());
  }

  @Provide
  Arbitrary<Supplies> corpora() {
    LengthBorders borders = Corpus.BORDERS;
    Arbitrary<Long> amounts = Arbitraries.longs().between(0, 500_000);
    return Combinators.combine(amounts, amounts, amounts, amounts, amounts, amounts)
        .as(
            (a, b, c, d, e, f) ->
                new Supplies(
                    borders,
                    new Corpus()
                        .domain("a", a, b)
                        .domain("b", c, d)
                        .domain("c", e, f)
                        .supplies()
                        .cells()));
  }

  @Provide
  Arbitrary<SortedMap<Cell, Double>> wanted() {
    return Arbitraries.doubles()
        .between(0, 1)
        .ofScale(4)
        .list()
        .ofSize(6)
        .map(
            shares -> {
              SortedMap<Cell, Double> wanted = new TreeMap<>();
              List<String> domains = List.of("a", "b", "c");
              for (int i = 0; i < shares.size(); i++) {
                String domain = domains.get(i / 2);
                wanted.put(i % 2 == 0 ? shorts(domain) : longs(domain), shares.get(i));
              }

              return wanted;
            });
  }

  /** Without {@code fail}, which refuses budgets beyond all epochs. */
  @Provide
  Arbitrary<Infeasible> policies() {
    return Arbitraries.of(Infeasible.SHRINK, Infeasible.RENORMALISE);
  }

  @Provide
  Arbitrary<Mix> mixes() {
    Arbitrary<Lengths> lengths =
        Arbitraries.oneOf(
            Arbitraries.just(new NaturalLengths()),
            Arbitraries.doubles().between(0, 1).map(share -> new LongShare(1_000, share)));
    return lengths.flatMap(
        each ->
            Arbitraries.of(
                new Natural(),
                new PerSource(each),
                new Global(each),
                new Temperature(3.3, each),
                new UniMax(4, each)));
  }

  private static MixPlan perSource(double longShare, long tokens, Infeasible policy) {
    return Allocation.plan(
        new PerSource(new LongShare(1_000, longShare)), BOOK_AND_WEB, tokens, 4, policy);
  }
}
