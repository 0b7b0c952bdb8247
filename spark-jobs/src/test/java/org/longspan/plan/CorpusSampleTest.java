package org.longspan.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.longspan.length.LengthBorders;
import org.longspan.length.LengthBucket;
import org.longspan.mix.Cell;
import org.longspan.mix.Supply;

class CorpusSampleTest {
  static final LengthBorders BORDERS = new LengthBorders(List.of(8));
  static final LengthBucket SHORT = LengthBucket.below(8);
  static final LengthBucket LONG = LengthBucket.atLeast(8);

  @Property
  void aSampleOfEverythingGivesWhatItCounted(
      @ForAll @LongRange(min = 0, max = 1L << 60) long bytes,
      @ForAll @LongRange(min = 0, max = 1L << 60) long documents,
      @ForAll @LongRange(min = 0, max = 1L << 60) long tokens) {
    CorpusSample sample =
        sample(List.of(source(bytes, bytes)), cell(0, "code", SHORT, documents, tokens));

    assertThat(sample.isWhole()).isTrue();
    assertThat(sample.supplies().total()).isEqualTo(new Supply(documents, tokens));
  }

  @Test
  void countsGrowByTheBytesOfTheirOwnSource() {
    CorpusSample sample =
        sample(
            List.of(source(1000, 100), source(500, 500)),
            cell(0, "code", SHORT, 3, 70),
            cell(0, "code", LONG, 1, 90),
            cell(1, "code", LONG, 2, 200),
            cell(1, "play", SHORT, 5, 50));

    assertThat(sample.supplies().cells())
        .containsExactly(
            Map.entry(new Cell("code", SHORT), new Supply(30, 700)),
            Map.entry(new Cell("code", LONG), new Supply(12, 1100)),
            Map.entry(new Cell("play", SHORT), new Supply(5, 50)));
    assertThat(sample.isLong(new Cell("code", LONG))).isTrue();
    assertThat(sample.isLong(new Cell("code", SHORT))).isFalse();
    assertThat(sample.documentsRead()).isEqualTo(11);
    assertThat(sample.documentsRead("code")).isEqualTo(6);
    assertThat(sample.isWhole()).isFalse();
  }

  @Test
  void rowsThatAreNoDocumentsGrowToo() {
    CorpusSample sample =
        new CorpusSample(
            List.of(
                new SourceSample("a", 1, 100, 10, 6, 1, 3),
                new SourceSample("b", 1, 10, 10, 0, 0, 0)),
            List.of(),
            BORDERS,
            8);

    assertThat(sample.quarantined()).isEqualTo(30);
    assertThat(sample.sources().get(0).quarantinedShare()).isEqualTo(0.3);
    assertThat(sample.sources().get(1).quarantinedShare()).isZero();
  }

  static SourceSample source(long bytes, long read) {
    return new SourceSample("corpus", 1, bytes, read, 0, 0, 0);
  }

  private static CorpusSample sample(List<SourceSample> sources, CellSample... cells) {
    return new CorpusSample(sources, List.of(cells), BORDERS, 8);
  }

  private static CellSample cell(
      int source, String domain, LengthBucket length, long documents, long tokens) {
    return new CellSample(source, new Cell(domain, length), documents, tokens);
  }
}
