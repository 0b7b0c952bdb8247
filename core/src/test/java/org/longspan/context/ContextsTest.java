package org.longspan.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ContextsTest {
  @Property
  void everyPredictedTokenLiesInThePassThatItIsReadFrom(
      @ForAll("contexts") Contexts contexts, @ForAll @IntRange(min = 1, max = 200) int tokens) {
    PassPlan passes = PassPlan.of(tokens, List.of(contexts));

    for (int t = 0; t < tokens; t++) {
      int start = contexts.start(t, tokens);

      if (start != Contexts.NONE) {
        assertThat(start).isBetween(0, t - 1);
        assertThat(passes.ends()).containsKey(start);
        assertThat(passes.ends().get(start)).isBetween(t + 1, tokens);
      }
    }
  }

  @Property
  void noPassIsLongerThanItsTokensNeed(
      @ForAll("contexts") Contexts contexts, @ForAll @IntRange(min = 1, max = 200) int tokens) {
    PassPlan.of(tokens, List.of(contexts))
        .ends()
        .forEach((start, end) -> assertThat(contexts.start(end - 1, tokens)).isEqualTo(start));
  }

  @Property
  void aShortWindowPredictsAllButTheFirstToken(
      @ForAll @IntRange(min = 2, max = 40) int window,
      @ForAll @IntRange(min = 1, max = 39) int stride,
      @ForAll @IntRange(min = 1, max = 200) int tokens) {
    SlidingWindow contexts = new SlidingWindow(window, Math.min(stride, window - 1));

    for (int t = 1; t < tokens; t++) {
      int seen = t - contexts.start(t, tokens);
      assertThat(seen).isBetween(Math.min(t, window - contexts.stride()), window - 1);
    }
  }

  @Property
  void aBlockSeesAtLeastItsContext(
      @ForAll @IntRange(min = 1, max = 40) int context,
      @ForAll @IntRange(min = 1, max = 40) int step,
      @ForAll @IntRange(min = 1, max = 200) int tokens) {
    Blocks blocks = new Blocks(context, step);

    for (int t = 0; t < tokens; t++) {
      if (t < context) {
        assertThat(blocks.start(t, tokens)).isEqualTo(Contexts.NONE);
      } else {
        assertThat(t - blocks.start(t, tokens)).isBetween(context, context + step - 1);
      }
    }
  }

  /** The counts that the released code of LongPPL gives. */
  @Test
  void longPplRunsTwentyEightBlocksOver32K() {
    Blocks published = new Blocks(4096, 1024);
    assertThat(PassPlan.of(32_768, List.of(published)).ends()).hasSize(28);
    assertThat(PassPlan.of(32_768, List.of(published)).tokens()).isEqualTo(143_360);
    assertThat(PassPlan.of(4097, List.of(published)).ends()).hasSize(1);
    assertThat(PassPlan.of(8192, List.of(published)).ends()).hasSize(4);
    assertThat(PassPlan.of(4096, List.of(published)).ends()).isEmpty();
  }

  @Test
  void theLastShortWindowEndsWhereTheTextEnds() {
    assertThat(PassPlan.of(11, List.of(new SlidingWindow(6, 3))).ends())
        .containsExactly(entry(0, 6), entry(3, 9), entry(5, 11));
  }

  @Test
  void theEndsOfWholeChunksAreSeenAfterMoreAndAfterLess() {
    ChunkEnds less = new ChunkEnds(8, 4, 2);
    assertThat(PassPlan.of(19, List.of(less)).ends()).containsExactly(entry(4, 8), entry(12, 16));
    assertThat(less.start(6, 19)).isEqualTo(4);
    assertThat(less.start(5, 19)).isEqualTo(Contexts.NONE);
    assertThat(less.start(18, 19)).isEqualTo(Contexts.NONE);
  }

  /** Doubling contexts: one more time the text for each, where alone each would cost it twice. */
  @Test
  void passesThatBeginAtOneTokenAreOnePass() {
    List<Contexts> spectrum =
        List.of(
            new WholePrefix(), new Blocks(256, 256), new Blocks(512, 512), new Blocks(1024, 1024));
    assertThat(PassPlan.of(2048, spectrum).tokens()).isEqualTo(2048 + 2 * 1024 + 4 * 512);
    long apart = spectrum.stream().mapToLong(one -> PassPlan.of(2048, List.of(one)).tokens()).sum();
    assertThat(apart).isEqualTo(2048 + 7 * 512 + 3 * 1024 + 2048);
  }

  /** One stretch of three: tokens 8 to 11, 20 to 23, and 32 to 35. */
  @Test
  void aPartCostsItsShareOfTheWhole() {
    Blocks blocks = new Blocks(4, 4);
    Part third = new Part(blocks, 4, 3);
    assertThat(PassPlan.of(40, List.of(third)).ends())
        .containsExactly(entry(4, 12), entry(16, 24), entry(28, 36));
    assertThat(third.start(8, 40)).isEqualTo(4);
    assertThat(third.start(12, 40)).isEqualTo(Contexts.NONE);
    assertThat(PassPlan.of(40, List.of(new Part(blocks, 4, 1))).ends())
        .isEqualTo(PassPlan.of(40, List.of(blocks)).ends());
  }

  @Provide
  Arbitrary<Contexts> contexts() {
    Arbitrary<Integer> small = Arbitraries.integers().between(1, 40);
    return Arbitraries.oneOf(
        Combinators.combine(small, small, small, small)
            .as((a, b, stretch, every) -> new Part(new Blocks(a, b), stretch, every)),
        Arbitraries.just(new WholePrefix()),
        Combinators.combine(small, small).as(Blocks::new),
        Combinators.combine(small, small).as((a, b) -> new SlidingWindow(a + b, a)),
        Combinators.combine(small, small, small)
            .as((a, b, c) -> new ChunkEnds(a + b + c, a + b, a)));
  }

  private static Map.Entry<Integer, Integer> entry(int start, int end) {
    return Map.entry(start, end);
  }
}
