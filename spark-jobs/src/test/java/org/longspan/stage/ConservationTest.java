package org.longspan.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.longspan.run.Balance;
import org.longspan.run.Counts;

class ConservationTest {
  @Property(tries = 300)
  void holdsExactlyWhereNothingIsMissing(
      @ForAll @LongRange(min = 0, max = 1000) long documents,
      @ForAll @LongRange(min = 0, max = 1000) long dropped,
      @ForAll @LongRange(min = -1, max = 1) long lostDocuments,
      @ForAll @LongRange(min = -1, max = 1) long lostTokens) {
    Balance balance =
        Balance.of(
            new Counts(documents + dropped + lostDocuments, 8 * (documents + dropped) + lostTokens),
            Map.of(),
            new Counts(documents, 8 * documents),
            Map.of("short", new Counts(dropped, 8 * dropped)));

    assertThat(Conservation.breach(balance, drops("short", dropped, 8 * dropped)).isEmpty())
        .isEqualTo(lostDocuments == 0 && lostTokens == 0);
  }

  @Test
  void aReasonThatOnlyTheTableKnowsIsABreach() {
    assertThat(Conservation.breach(Balance.unchanged(new Counts(1234, 5)), drops("short", 1, 2000)))
        .contains(
            "The balance says 0 documents with 0 tokens dropped as short, and the drops table"
                + " lists 1 documents with 2,000 tokens.");
  }

  @Test
  void droppedDocumentsNeedAsManyRows() {
    Balance balance =
        Balance.of(
            new Counts(3, 30), Map.of(), new Counts(1, 10), Map.of("short", new Counts(2, 20)));

    assertThat(Conservation.breach(balance, drops("short", 2, 20))).isEmpty();
    assertThat(Conservation.breach(balance, drops("short", 3, 20))).isPresent();
    assertThat(Conservation.breach(balance, drops("short", 2, 19))).isPresent();
    assertThat(Conservation.breach(balance, new TreeMap<>())).isPresent();
  }

  @Test
  void partsOfDocumentsMayHaveAnyNumberOfRows() {
    Balance balance =
        Balance.of(
            new Counts(3, 30), Map.of(), new Counts(3, 10), Map.of("tail", new Counts(0, 20)));

    assertThat(Conservation.breach(balance, drops("tail", 5, 20))).isEmpty();
    assertThat(Conservation.breach(balance, drops("tail", 5, 21))).isPresent();
  }

  private static SortedMap<String, Counts> drops(String reason, long rows, long tokens) {
    return new TreeMap<>(Map.of(reason, new Counts(rows, tokens)));
  }
}
