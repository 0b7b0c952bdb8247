package org.longspan.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ConcatenationSharesTest {
  @Test
  void aRowADomainAColumnAScorerAndTheirMean() {
    ConcatenationShares shares =
        new ConcatenationShares(
            List.of(
                new Separation("ladm", "concatenation", "book", 0.5, 3, 3),
                new Separation("ladm", "concatenation", "web", 0.75, 20, 20),
                new Separation("prolong", "concatenation", "book", 1, 3, 3),
                new Separation("prolong", "concatenation", "web", Double.NaN, 0, 20)),
            new TreeMap<>(Map.of("book", 3, "web", 20)),
            List.of("code is left out."));

    assertThat(shares.markdown().lines())
        .containsExactly(
            "| domain | windows | ladm | prolong |",
            "|---|---|---|---|",
            "| book | 3 | 0.50 | 1.00 |",
            "| web | 20 | 0.75 | - |",
            "| mean |  | 0.63 | 1.00 |",
            "",
            "code is left out.");
  }
}
