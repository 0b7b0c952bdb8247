package org.longspan.relate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class InverseUsageTest {
  private static final List<String> CANDIDATES = List.of("a", "b", "c", "d", "e", "f");

  @Property
  void whatIsDrawnIsDrawnOnce(
      @ForAll @IntRange(min = 1, max = 8) int among,
      @ForAll @IntRange(min = 0, max = 8) int most,
      @ForAll long seed) {
    List<String> drawn = new InverseUsage(among, seed).draw("x", CANDIDATES, most);

    assertThat(drawn)
        .doesNotHaveDuplicates()
        .hasSize(Math.min(most, 6))
        .isSubsetOf(CANDIDATES)
        .isEqualTo(new InverseUsage(among, seed).draw("x", CANDIDATES, most));
  }

  @Test
  void onlyTheBestThatAreLeftAreDrawn() {
    assertThat(new InverseUsage(1, 3).draw("x", CANDIDATES, 4)).containsExactly("a", "b", "c", "d");
    assertThat(IntStream.range(0, 50))
        .allSatisfy(
            i ->
                assertThat(new InverseUsage(2, 3).draw("x" + i, CANDIDATES, 1).get(0))
                    .isIn("a", "b"));
  }

  /** One that was drawn 99 times has a weight of 1 / 100 beside another's 1. */
  @Test
  void whoWasDrawnOftenIsDrawnSeldom() {
    long hubs =
        IntStream.range(0, 2000)
            .filter(
                i -> {
                  InverseUsage usage = new InverseUsage(2, i);
                  IntStream.range(0, 99).forEach(use -> usage.draw("x" + use, List.of("hub"), 1));
                  return usage.draw("y", List.of("hub", "other"), 1).contains("hub");
                })
            .count();

    assertThat(hubs / 2000.0).isCloseTo(0.01, within(0.008)).isPositive();
  }

  @Test
  void drawsOfManyDocumentsComeOutEven() {
    InverseUsage usage = new InverseUsage(5, 7);
    long hub =
        IntStream.range(0, 1000)
            .filter(i -> usage.draw("x" + i, List.of("hub", "n" + i, "m" + i), 1).contains("hub"))
            .count();

    assertThat(hub).isBetween(20L, 150L);
  }

  @Test
  void aDrawNeedsSomethingToChooseFrom() {
    assertThatThrownBy(() -> new InverseUsage(0, 1)).hasMessageContaining("not 0");
  }
}
