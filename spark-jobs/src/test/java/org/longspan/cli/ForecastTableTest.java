package org.longspan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.longspan.length.LengthBorders;
import org.longspan.length.LengthBucket;
import org.longspan.mix.Cell;
import org.longspan.mix.Infeasible;
import org.longspan.mix.LongShare;
import org.longspan.mix.PerSource;
import org.longspan.plan.CellSample;
import org.longspan.plan.CorpusSample;
import org.longspan.plan.PackForecast;
import org.longspan.plan.PhaseForecast;
import org.longspan.plan.RunForecast;
import org.longspan.plan.RunForecast.StageForecast;
import org.longspan.plan.ScoreForecast;
import org.longspan.plan.SourceSample;
import org.longspan.plan.UpsampleForecast;

class ForecastTableTest {
  private static final LengthBucket SHORT = LengthBucket.below(32_768);
  private static final LengthBucket LONG = LengthBucket.atLeast(32_768);

  @Test
  void aPlanLinesUp() {
    assertThat(ForecastTable.of(forecast(false, 5_000)))
        .isEqualTo(
            """
            ingest    reused
            score     would run
            export    not asked for

            All numbers below are estimates from 1,200 documents in 1.0 GiB of 1.0 TiB (0.098 %); --sample reads more.

            source             files    bytes     read  documents  duplicates  quarantined
            corpus/*.jsonl.gz     12  1.0 TiB  0.098 %  1,126,400       1,024       0.09 %
            manuals/               7  5.0 MiB    100 %        100           0       0.00 %

            domain   read  documents         tokens    share  long, >= 32,768
            book    1,100  1,126,400  1,024,000,000  100.0 %           30.0 %
            manual    100        100        200,000    0.0 %            0.0 %
            all     1,200  1,126,500  1,024,200,000  100.0 %           30.0 %

            scorers          too short  model tokens  tokens a second  core-hours
            prolong             25.0 %    72,000,000              400          50
            longppl, longce     50.0 %    36,000,000              200          50
            all                          108,000,000                          100
            108 tasks of 1,000,000 tokens, 56 minutes each at the speed of models/SmolLM2-135M in one task on this machine.

            chosen  rate, short  rate, long  documents       tokens    share  long, >= 32,768
            book          0.571       2.000    710,949  921,600,000  100.0 %           60.0 %
            manual        1.000       0.000         90      180,000    0.0 %            0.0 %
            all                                711,039  921,780,000  100.0 %           60.0 %
            Before, upsample.cut leaves 90.0 % of the documents of each domain and length.
            1 cell can not have the tokens that upsample asks for, with each document taken at most 4.0 times (upsample.max-epochs):
              cell                          wanted  available  missing  shrink gives  share  renormalise  share
              manual 32768-2147483647      108,000          0  108,000             0  0.0 %            0  0.0 %
              all cells                921,780,000             108,000             0         921,780,000
            A cell that should have tokens is empty, so shrink chooses none: ask less of it (upsample.long-from, long-share, lengths, weights, table), raise upsample.max-epochs, or set upsample.infeasible = renormalise, which goes as near to the shares as the corpus allows.
            The numbers are those of upsample.infeasible = renormalise.

            sequences  N = 7,039 of L = 131,072 tokens at least: (921,780,000 tokens + 711,039 separators) / L
            parquet    1.7 GiB: N L 16 / 8 bytes before compression, ids in 16 bits
            megatron   1.7 GiB: N (2 L + 20) + 42 bytes

            Something is not counted.
            """);
  }

  @Test
  void whatWouldStopTheRunIsSaid() {
    assertThat(ForecastTable.of(forecast(true, 0)))
        .contains(
            "The run would stop at ingest: about 1,024 input rows are no documents, and input.max-bad-rows allows 0.",
            "The run would stop at upsample");
  }

  @Test
  void aPartThatWouldNotRunIsLeftOut() {
    CorpusSample whole =
        new CorpusSample(
            List.of(new SourceSample("a.jsonl", 1, 10, 10, 1, 0, 0)),
            List.of(new CellSample(0, new Cell("code", LengthBucket.below(8)), 1, 5)),
            new LengthBorders(List.of(8)),
            8);

    assertThat(
            ForecastTable.of(
                new RunForecast(
                    Map.of("ingest", StageForecast.RUNS),
                    Optional.of(whole),
                    0,
                    Optional.empty(),
                    List.of(),
                    List.of())))
        .isEqualTo(
            """
            ingest    would run

            Documents and tokens are counts, as the sample is the whole input of 10 B.

            source   files  bytes   read  documents  duplicates  quarantined
            a.jsonl      1   10 B  100 %          1           0       0.00 %

            domain  read  documents  tokens    share  long, >= 8
            code       1          1       5  100.0 %       0.0 %
            all        1          1       5  100.0 %       0.0 %
            """);
  }

  @Test
  void eachPhaseIsForecastByItself() {
    RunForecast plain = forecast(false, 5_000);
    Map<String, StageForecast> stages = new LinkedHashMap<>();
    stages.put("score", StageForecast.REUSED);
    stages.put("upsample-64k", StageForecast.REUSED);
    stages.put("pack-64k", StageForecast.RUNS);
    PhaseForecast whole = plain.phases().get(0);

    assertThat(
            ForecastTable.of(
                new RunForecast(
                    stages,
                    plain.corpus(),
                    0,
                    Optional.empty(),
                    List.of(
                        new PhaseForecast("64k", Optional.empty(), whole.pack()),
                        new PhaseForecast("512k", whole.upsample(), whole.pack()),
                        new PhaseForecast("done", Optional.empty(), Optional.empty())),
                    List.of())))
        .startsWith("score        reused\nupsample-64k reused\npack-64k     would run\n")
        .contains("\nphase 64k\n\nsequences  N = 7,039")
        .contains("\nphase 512k\n\nchosen  rate, short")
        .doesNotContain("phase done");
  }

  private static RunForecast forecast(boolean fails, long maxBadRows) {
    Map<String, StageForecast> stages = new LinkedHashMap<>();
    stages.put("ingest", StageForecast.REUSED);
    stages.put("score", StageForecast.RUNS);
    stages.put("export", StageForecast.NOT_ASKED_FOR);
    CorpusSample corpus =
        new CorpusSample(
            List.of(
                new SourceSample("corpus/*.jsonl.gz", 12, 1L << 40, 1L << 30, 1100, 1, 1),
                new SourceSample("manuals/", 7, 5 << 20, 5 << 20, 100, 0, 0)),
            List.of(
                new CellSample(0, new Cell("book", SHORT), 1000, 700_000),
                new CellSample(0, new Cell("book", LONG), 100, 300_000),
                new CellSample(1, new Cell("manual", SHORT), 100, 200_000)),
            new LengthBorders(List.of(32_768)),
            32_768);
    UpsampleForecast upsample =
        UpsampleForecast.of(
            corpus.supplies(),
            0.9,
            new PerSource(new LongShare(32_768, 0.6)),
            0,
            4,
            fails ? Infeasible.FAIL : Infeasible.RENORMALISE);
    return new RunForecast(
        stages,
        Optional.of(corpus),
        maxBadRows,
        Optional.of(
            new ScoreForecast(
                "models/SmolLM2-135M",
                List.of(
                    new ScoreForecast.Measurement(List.of("prolong"), 0.25, 72_000_000, 400),
                    new ScoreForecast.Measurement(
                        List.of("longppl", "longce"), 0.5, 36_000_000, 200)),
                1_000_000)),
        List.of(
            new PhaseForecast(
                "",
                Optional.of(upsample),
                Optional.of(
                    PackForecast.of(
                        upsample.chosen(cell -> true),
                        true,
                        131_072,
                        49_152,
                        List.of("parquet", "megatron"))))),
        List.of("Something is not counted."));
  }
}
