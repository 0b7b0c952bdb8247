package org.longspan.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.longspan.ingest.SampleDraw.Cut;

class SampleDrawTest {
  private static final long PIECE = SampleDraw.PIECE_BYTES;

  @Test
  void sourcesHaveEqualSharesButSmallOnesNeedLess() {
    assertThat(SampleDraw.shares(new long[] {100, 10, 1000}, 90)).containsExactly(40, 10, 40);
    assertThat(SampleDraw.shares(new long[] {100, 10}, 500)).containsExactly(100, 10);
    assertThat(SampleDraw.shares(new long[] {100, 100}, 1)).containsExactly(1, 1);
  }

  @Property(tries = 200)
  void asManyBytesAsAskedForAndNoneTwice(
      @ForAll @Size(min = 1, max = 20) List<@LongRange(min = 0, max = 3L << 20) Long> sizes,
      @ForAll @LongRange(min = 1, max = 8L << 20) long bytes,
      @ForAll long seed) {
    List<InputFile> files = files(sizes, ".jsonl");

    List<Piece> pieces = SampleDraw.of(files, file -> Cut.ANYWHERE, bytes, seed);

    long all = SampleDraw.textBytes(files);
    assertThat(pieces).doesNotHaveDuplicates().isNotEmpty();
    assertThat(length(pieces)).isBetween(Math.min(all, bytes), Math.min(all, bytes + PIECE));
    assertThat(SampleDraw.of(files, file -> Cut.ANYWHERE, bytes, seed)).isEqualTo(pieces);
    for (Piece piece : pieces) {
      assertThat(piece.newlinesBefore()).isEqualTo(piece.start());
    }
  }

  @Property(tries = 50)
  void enoughBytesForAllReadAllFilesWhole(@ForAll @IntRange(min = 1, max = 9) int count) {
    List<InputFile> files = files(IntStream.range(0, count).mapToObj(i -> i * PIECE).toList(), "");

    assertThat(SampleDraw.of(files, file -> Cut.ANYWHERE, SampleDraw.textBytes(files) + 1, 7))
        .isEqualTo(files.stream().map(Piece::whole).toList());
  }

  @Test
  void everyPlaceIsAsLikelyAsAnyOther() {
    List<InputFile> files = files(List.of(6 * PIECE, PIECE, 3 * PIECE), ".jsonl");
    int[] drawn = new int[10];
    for (int seed = 0; seed < 2000; seed++) {
      for (Piece piece : SampleDraw.of(files, file -> Cut.ANYWHERE, 2 * PIECE, seed)) {
        int file = piece.file().index();
        drawn[(file == 0 ? 0 : file == 1 ? 6 : 7) + (int) (piece.start() / PIECE)]++;
      }
    }

    // Two of ten in each of 2,000 samples, with a deviation of 18.
    assertThat(drawn).satisfies(counts -> IntStream.of(counts).forEach(SampleDrawTest::isNear400));
  }

  @Test
  void compressedLinesAreReadFromTheBeginning() {
    List<InputFile> files = files(List.of(64L << 20, 64L << 20), ".jsonl.gz");

    List<Piece> pieces = SampleDraw.of(files, file -> Cut.FROM_THE_START, 20L << 20, 3);

    assertThat(pieces).allSatisfy(piece -> assertThat(piece.start()).isZero());
    assertThat(pieces.stream().mapToLong(Piece::end).sum()).isEqualTo(20L << 20);
  }

  @Test
  void aRepositorysFilesAreReadTogether() {
    List<InputFile> files = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      files.add(new InputFile(i, 0, 0, "/in/f" + i, "repo" + i / 3 + "/f" + i, 1000, 0));
    }

    List<Piece> pieces = SampleDraw.of(files, file -> Cut.NOWHERE_IN_ITS_FOLDER, 5000, 1);

    assertThat(pieces).hasSize(6).allMatch(Piece::isWhole);
    assertThat(pieces.stream().map(p -> p.file().folderKey()).distinct()).hasSize(2);
  }

  private static void isNear400(int count) {
    assertThat(count).isBetween(330, 470);
  }

  private static long length(List<Piece> pieces) {
    return pieces.stream()
        .mapToLong(piece -> Math.min(piece.end(), piece.file().bytes()) - piece.start())
        .sum();
  }

  private static List<InputFile> files(List<Long> sizes, String ending) {
    return IntStream.range(0, sizes.size())
        .mapToObj(i -> new InputFile(i, 0, 0, "/in/" + i + ending, i + ending, sizes.get(i), 0))
        .toList();
  }
}
