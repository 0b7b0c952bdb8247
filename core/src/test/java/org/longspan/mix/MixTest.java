package org.longspan.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.longspan.mix.Corpus.longs;
import static org.longspan.mix.Corpus.shorts;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.longspan.length.LengthBorders;
import org.longspan.length.LengthBucket;

/** The published numbers, and numbers by hand. */
class MixTest {
  private static final Lengths NATURAL = new NaturalLengths();

  /** SlimPajama as in the code of Fu et al. */
  private static final SortedMap<String, Long> SLIM_PAJAMA =
      new TreeMap<>(
          Map.of(
              "C4", 26_609_933L,
              "CC", 53_374_772L,
              "SE", 3_169_647L,
              "Wiki", 3_402_128L,
              "GitHub", 5_004_782L,
              "arXiv", 4_290_379L,
              "Book", 4_148_360L));

  @Test
  void perSourceKeepsDomainsAndRaisesLongDocumentsInEach() {
    Supplies corpus =
        new Corpus().domain("book", 6_000, 4_000).domain("web", 70_000, 20_000).supplies();

    Targets targets = new PerSource(new LongShare(1_000, 0.6)).targets(corpus, 100_000);

    assertThat(targets.of(longs("book"))).isCloseTo(6_000, within(1e-6));
    assertThat(targets.of(shorts("book"))).isCloseTo(4_000, within(1e-6));
    assertThat(targets.of(longs("web"))).isCloseTo(54_000, within(1e-6));
    assertThat(targets.of(shorts("web"))).isCloseTo(36_000, within(1e-6));
  }

  /** Where long documents are taken once: r = L (1 - L') / (L' (1 - L)) = 0.184 from .30 to .70. */
  @Test
  void ratesOfALongShareAreThoseOfTheKeepRatio() {
    Supplies corpus = new Corpus().domain("all", 70_000, 30_000).supplies();
    long once = Math.round(30_000 / 0.7);

    MixPlan plan =
        Allocation.plan(new PerSource(new LongShare(1_000, 0.7)), corpus, once, 1, Infeasible.FAIL);

    assertThat(plan.rate(longs("all"))).isCloseTo(1, within(1e-4));
    assertThat(plan.rate(shorts("all"))).isCloseTo(0.3 * 0.3 / (0.7 * 0.7), within(1e-4));
    assertThat(plan.rate(shorts("all"))).isCloseTo(0.184, within(5e-4));
  }

  @Test
  void codeArxivAndBookAtThreeFifthsEachAreTheMixOfFuEtAl() {
    SortedMap<String, Double> shares =
        new DomainRaised(new TreeSet<>(List.of("GitHub", "arXiv", "Book")), 0.60, NATURAL)
            .domains(SLIM_PAJAMA, 1_000);

    assertThat(shares.get("GitHub")).isCloseTo(225, within(0.5));
    assertThat(shares.get("arXiv")).isEqualTo(shares.get("Book")).isEqualTo(shares.get("GitHub"));
    assertThat(shares.get("CC")).isCloseTo(200, within(0.5));
    assertThat(shares.get("C4")).isCloseTo(100, within(0.5));
    assertThat(shares.get("Wiki")).isCloseTo(13, within(0.5));
    assertThat(shares.get("SE")).isCloseTo(12, within(0.5));
  }

  /** 100 tokens a domain: a has 20, b 80 at two epochs; what they leave goes to c and d. */
  @Test
  void uniMaxByHand() {
    SortedMap<String, Long> sizes = new TreeMap<>(Map.of("a", 10L, "b", 40L, "c", 90L, "d", 600L));

    assertThat(new UniMax(2, NATURAL).domains(sizes, 400))
        .containsExactly(
            Map.entry("a", 20.0),
            Map.entry("b", 80.0),
            Map.entry("c", 150.0),
            Map.entry("d", 150.0));
    assertThat(new UniMax(2, NATURAL).domains(sizes, 1_480).values())
        .containsExactly(20.0, 80.0, 180.0, 1_200.0);
  }

  @Test
  void uniMaxBeyondAllEpochsAsksForAllOfItInProportion() {
    SortedMap<String, Long> sizes = new TreeMap<>(Map.of("a", 10L, "b", 90L));
    assertThat(new UniMax(2, NATURAL).domains(sizes, 1_000).values()).containsExactly(100.0, 900.0);
  }

  /** Roots of 1 : 4 : 25 at T = 2. */
  @Test
  void temperatureByHand() {
    SortedMap<String, Long> sizes = new TreeMap<>(Map.of("a", 100L, "b", 400L, "c", 2_500L));

    assertThat(new Temperature(2, NATURAL).domains(sizes, 80).values())
        .satisfiesExactly(
            a -> assertThat(a).isCloseTo(10, within(1e-9)),
            b -> assertThat(b).isCloseTo(20, within(1e-9)),
            c -> assertThat(c).isCloseTo(50, within(1e-9)));
    assertThat(new Temperature(1, NATURAL).domains(sizes, 300).get("c"))
        .isCloseTo(250, within(1e-9));
    assertThat(new Temperature(1e9, NATURAL).domains(sizes, 300).get("a"))
        .isCloseTo(100, within(1e-4));
  }

  @Test
  void globalReachesTheLongShareAndLetsDomainsDrift() {
    Supplies corpus = new Corpus().domain("book", 10, 30).domain("web", 50, 10).supplies();

    Targets targets = new Global(new LongShare(1_000, 0.8)).targets(corpus, 1_000);

    assertThat(targets.of(longs("book"))).isCloseTo(600, within(1e-9));
    assertThat(targets.of(longs("web"))).isCloseTo(200, within(1e-9));
    assertThat(targets.of(shorts("book"))).isCloseTo(1_000 * 0.2 / 6, within(1e-9));
    assertThat(targets.total(cell -> cell.domain().equals("book")))
        .as("0.4 of the corpus")
        .isGreaterThan(600);
  }

  @Test
  void weightsAreTheSharesOfDomains() {
    Supplies corpus = new Corpus().domain("book", 10, 30).domain("web", 50, 10).supplies();
    SortedMap<String, Double> weights = new TreeMap<>(Map.of("book", 0.9, "web", 0.1));

    Targets targets = new DomainWeighted(weights, NATURAL).targets(corpus, 1_000);

    assertThat(targets.of(longs("book"))).isCloseTo(675, within(1e-9));
    assertThat(targets.of(shorts("web"))).isCloseTo(100 * 5 / 6.0, within(1e-9));
  }

  @Test
  void aHistogramSetsEveryRangeAndLeavesOutTheRest() {
    LengthBorders borders = new LengthBorders(List.of(10, 20, 40));
    SortedMap<LengthBucket, Long> tokens = new TreeMap<>();
    tokens.put(LengthBucket.parse("0-9"), 100L);
    tokens.put(LengthBucket.parse("10-19"), 30L);
    tokens.put(LengthBucket.parse("20-39"), 10L);
    LengthHistogram histogram =
        new LengthHistogram(
            new TreeMap<>(
                Map.of(LengthBucket.parse("10-39"), 0.8, LengthBucket.parse("40-"), 0.2)));

    SortedMap<LengthBucket, Double> shares = histogram.shares(borders, tokens);

    assertThat(shares).containsOnlyKeys(borders.bucket(10), borders.bucket(20), borders.bucket(40));
    assertThat(shares.get(borders.bucket(10))).isCloseTo(0.6, within(1e-12));
    assertThat(shares.get(borders.bucket(40))).as("empty, but wanted").isEqualTo(0.2);
  }

  /** The 32B mix of OLMo 3, as in its configuration; lengths of the pool are made up. */
  @Test
  void theTableOfOlmo3SumsToItsLongShare() {
    LengthBucket half = LengthBucket.parse("32768-65535");
    SortedMap<String, SortedMap<LengthBucket, Double>> table = new TreeMap<>();
    table.put("rex", new TreeMap<>(Map.of(half, 0.1223)));
    table.put("cwe", new TreeMap<>(Map.of(half, 0.0391)));
    table.put("pdf", new TreeMap<>(Map.of(half, 0.0953, LengthBucket.parse("8192-32767"), 0.0833)));
    table.put("short", new TreeMap<>(Map.of(LengthBucket.parse("0-"), 0.66)));
    TargetTable mix = new TargetTable(table);
    LengthBorders borders = LengthBorders.doubling(13, 16).and(mix.ranges());
    SortedMap<Cell, Supply> cells = new TreeMap<>();
    cells.put(new Cell("rex", borders.bucket(40_000)), new Supply(1, 24_100));
    cells.put(new Cell("cwe", borders.bucket(40_000)), new Supply(1, 8_770));
    cells.put(new Cell("pdf", borders.bucket(8_192)), new Supply(1, 144_000));
    cells.put(new Cell("pdf", borders.bucket(16_384)), new Supply(1, 115_000));
    cells.put(new Cell("pdf", borders.bucket(32_768)), new Supply(1, 106_000));
    cells.put(new Cell("pdf", borders.bucket(65_536)), new Supply(1, 96_000));
    cells.put(new Cell("short", borders.bucket(100)), new Supply(9, 900_000));

    Targets targets = mix.targets(new Supplies(borders, cells), 100_000);

    assertThat(targets.total(cell -> !cell.domain().equals("short")))
        .isCloseTo(34_000, within(1e-6));
    assertThat(targets.of(new Cell("pdf", borders.bucket(65_536))))
        .as("beyond the window")
        .isZero();
    assertThat(targets.of(new Cell("pdf", borders.bucket(8_192))))
        .isCloseTo(8_330 * 144 / 259.0, within(1e-6));
    assertThat(targets.total(c -> c.bucket().equals(half)) / 34_000)
        .as("three quarters of the long tokens are of half a window and more")
        .isCloseTo(0.755, within(5e-4));
  }

  @Test
  void aDomainThatTheCorpusLacksIsNamedWithThoseItHas() {
    Supplies corpus = new Corpus().domain("book", 10, 30).domain("web", 50, 10).supplies();
    Mix mix = new DomainWeighted(new TreeMap<>(Map.of("books", 0.5, "web", 0.5)), NATURAL);

    assertThatThrownBy(() -> mix.targets(corpus, 10))
        .isInstanceOf(UnfitMixException.class)
        .hasMessage(
            "upsample.weights names the domain books, of which the corpus has no tokens; its domains are book, web.");
    assertThatThrownBy(
            () ->
                new DomainRaised(new TreeSet<>(List.of("code")), 0.6, NATURAL).targets(corpus, 10))
        .hasMessageContaining("upsample.raised.domains names the domain code");
    assertThatThrownBy(
            () ->
                new TargetTable(
                        new TreeMap<>(Map.of("law", new TreeMap<>(Map.of(Corpus.LONG, 1.0)))))
                    .targets(corpus, 10))
        .hasMessageContaining("upsample.table names the domain law");
  }

  @Test
  void sharesMustSumToOneAndRangesMustNotOverlap() {
    assertThatThrownBy(() -> new DomainWeighted(new TreeMap<>(Map.of("a", 0.5, "b", 0.4)), NATURAL))
        .hasMessage(
            "The shares of upsample.weights sum to 0.900000, not to 1: divide each by that.");
    assertThatThrownBy(() -> new DomainWeighted(new TreeMap<>(Map.of("a", -0.5)), NATURAL))
        .hasMessageContaining("gives a the share -0.5");
    assertThatThrownBy(
            () ->
                new LengthHistogram(
                    new TreeMap<>(
                        Map.of(LengthBucket.parse("0-8"), 0.5, LengthBucket.parse("8-"), 0.5))))
        .hasMessageContaining("0-8 and 8-2147483647 of upsample.lengths overlap");
    assertThatThrownBy(() -> new LongShare(1, 1.5)).hasMessageContaining("not 1.5");
    assertThatThrownBy(() -> new LongShare(0, 0.5)).hasMessageContaining("long-from");
    assertThatThrownBy(() -> new Temperature(0, NATURAL)).hasMessageContaining("not 0.0");
  }

  @Test
  void mixesAreKnownByName() {
    MixParameters told =
        new MixParameters(
            new LongShare(1_000, 0.6),
            new TreeMap<>(Map.of("a", 1.0)),
            new TreeSet<>(),
            0.6,
            3.3,
            4,
            new TreeMap<>(Map.of("a", new TreeMap<>(Map.of(Corpus.LONG, 1.0)))));

    for (String name : Mixes.names()) {
      assertThat(Mixes.named(name, told)).as(name).isNotNull();
    }

    assertThat(Mixes.named("unimax", told)).isEqualTo(new UniMax(4, told.lengths()));
    assertThatThrownBy(() -> Mixes.named("uniform", told))
        .hasMessage(
            "upsample.mode must be one of cut, domain-weighted, global, none, per-source, table, temperature, unimax, not \"uniform\".");
  }
}
