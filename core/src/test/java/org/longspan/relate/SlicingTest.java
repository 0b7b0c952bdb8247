package org.longspan.relate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlicingTest {
  private static final Slicing SLICING = Slicing.of(Map.of("book", 1000L, "code", 10L), 100, 11);

  @Test
  void aDomainHasAsManySlicesAsItsDocumentsFill() {
    assertThat(SLICING.count()).isEqualTo(11);
    assertThat(Slicing.of(Map.of("book", 1001L), 100, 11).count()).isEqualTo(11);
  }

  @Test
  void slicesOfADomainAreOfAboutEqualSize() {
    Map<String, Long> sizes =
        IntStream.range(0, 1000)
            .mapToObj(d -> SLICING.slice("book", "doc-" + d))
            .collect(Collectors.groupingBy(slice -> slice, Collectors.counting()));

    assertThat(sizes)
        .hasSize(10)
        .allSatisfy((slice, size) -> assertThat(size).isBetween(60L, 140L));
  }

  @Test
  void domainsNeverShareASlice() {
    assertThat(SLICING.slice("code", "doc-1")).isEqualTo("code#0");
    assertThat(SLICING.number("code", "doc-1")).isEqualTo(10);
    assertThat(SLICING.number("book", "doc-1")).isBetween(0, 9);
  }

  @Test
  void aDocumentsSliceFollowsTheSeed() {
    Slicing other = Slicing.of(Map.of("book", 1000L, "code", 10L), 100, 12);

    assertThat(IntStream.range(0, 100).mapToObj(d -> "doc-" + d))
        .anyMatch(id -> !other.slice("book", id).equals(SLICING.slice("book", id)));
  }

  @Test
  void aDomainThatWasNotCountedIsRefusedByName() {
    assertThat(SLICING.covers("wiki")).isFalse();
    assertThatThrownBy(() -> SLICING.number("wiki", "doc-1"))
        .hasMessage("Domain wiki has no slices; slices were counted for [book, code].");
  }
}
