package org.longspan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.longspan.cli.RunSummary.Amount;
import org.longspan.cli.RunSummary.Domain;
import org.longspan.run.Counts;

class SummaryTableTest {
  @Test
  void aFinishedRunLinesUp() {
    RunSummary summary =
        new RunSummary(
            List.of(
                new RunSummary.Phase(
                    "",
                    32768,
                    List.of(
                        new Domain(
                            "code",
                            new Amount(1250, 6_000_000, 1_800_000),
                            new Amount(990, 6_060_000, 3_636_000)),
                        new Domain(
                            "parliament",
                            new Amount(31, 4_000_000, 0),
                            new Amount(30, 3_940_000, 0))),
                    76,
                    "131,072",
                    0.99875)),
            new RunSummary.Schedule(1234, 2, 1.0625),
            new TreeMap<>(
                Map.of("exact-duplicate", new Counts(12, 34_567), "too-small", new Counts(3, 9))),
            "quickstart-out/report.html");

    assertThat(SummaryTable.of(summary))
        .isEqualTo(
            """
                            documents                  tokens   share of domain  long, >= 32,768
            domain      before  after      before       after   before    after  before    after
            code         1,250    990   6,000,000   6,060,000   60.0 %   60.6 %  30.0 %   60.0 %
            parliament      31     30   4,000,000   3,940,000   40.0 %   39.4 %   0.0 %    0.0 %
            all          1,281  1,020  10,000,000  10,000,000  100.0 %  100.0 %  18.0 %   36.4 %

            sequences  76 of 131,072 tokens, 99.88 % filled by documents
            schedule   1,234 steps, sequences of 2 lengths, the dearest 1.063 times the mean of its length

            dropped          documents  tokens
            exact-duplicate         12  34,567
            too-small                3       9
            all                     15  34,576

            report     quickstart-out/report.html
            """);
  }

  @Test
  void aRunThatStopsEarlySaysOnlyWhatItKnows() {
    RunSummary summary =
        new RunSummary(
            List.of(new RunSummary.Phase("", 32768, List.of(), 0, "0", 0)),
            RunSummary.Schedule.NONE,
            new TreeMap<>(),
            null);

    assertThat(SummaryTable.of(summary)).isEqualTo("dropped    nothing\n");
  }

  @Test
  void aDomainWithoutTokensHasNoShare() {
    RunSummary summary =
        new RunSummary(
            List.of(
                new RunSummary.Phase(
                    "",
                    8,
                    List.of(new Domain("a", new Amount(1, 5, 0), new Amount(0, 0, 0))),
                    0,
                    "8",
                    0)),
            RunSummary.Schedule.NONE,
            new TreeMap<>(),
            null);

    assertThat(SummaryTable.of(summary)).contains("100.0 %").contains(" -");
  }

  @Test
  void eachPhaseHasATableOfItsOwn() {
    Domain web = new Domain("web", new Amount(4, 100, 0), new Amount(1, 25, 0));
    RunSummary summary =
        new RunSummary(
            List.of(
                new RunSummary.Phase("64k", 65536, List.of(web), 3, "65,536", 1),
                new RunSummary.Phase("512k", 65536, List.of(web), 1, "524,288", 0.5)),
            RunSummary.Schedule.NONE,
            new TreeMap<>(),
            null);

    assertThat(SummaryTable.of(summary))
        .startsWith("phase 64k\n")
        .contains("sequences  3 of 65,536 tokens, 100.00 % filled by documents\n\nphase 512k\n")
        .endsWith(
            "sequences  1 of 524,288 tokens, 50.00 % filled by documents\ndropped    nothing\n");
  }
}
