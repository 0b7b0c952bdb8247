package org.longspan.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MegatronIndexedDatasetTest {
  private final ByteArrayOutputStream bin = new ByteArrayOutputStream();
  private final ByteArrayOutputStream idx = new ByteArrayOutputStream();

  @ParameterizedTest
  @EnumSource(TokenType.class)
  void bytesAreThoseOfMegatronsOwnBuilder(TokenType type) throws IOException {
    Properties goldens = goldens();
    String name = type.name().toLowerCase(Locale.ROOT);
    int[][] sequences =
        Stream.of(goldens.getProperty(name + ".sequences").split(" \\| "))
            .map(line -> Stream.of(line.split(" ")).mapToInt(Integer::parseInt).toArray())
            .toArray(int[][]::new);

    write(type, sequences);

    assertThat(hex(bin)).isEqualTo(goldens.getProperty(name + ".bin"));
    assertThat(hex(idx)).isEqualTo(goldens.getProperty(name + ".idx"));
  }

  @ParameterizedTest
  @EnumSource(TokenType.class)
  void theirSizeIsKnownBefore(TokenType type) throws IOException {
    write(type, new int[][] {{1, 2, 3}, {4, 5, 6}});

    assertThat(MegatronIndexedDataset.bytes(2, 3, type)).isEqualTo(bin.size() + idx.size());
  }

  @Test
  void anIdThatTheTypeCannotHoldIsRefusedBeforeAnythingIsWritten() throws IOException {
    try (MegatronIndexedDataset dataset = new MegatronIndexedDataset(bin, idx, TokenType.UINT16)) {
      dataset.add(new int[] {1});

      assertThatThrownBy(() -> dataset.add(new int[] {2, 65_536}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Token id 65536 at position 1 of sequence 1");
      assertThatThrownBy(() -> dataset.add(new int[] {-1}))
          .hasMessageContaining("Token id -1 at position 0");

      dataset.finish();
    }

    assertThat(bin.size()).isEqualTo(2);
  }

  @Test
  void withoutFinishThereIsNoIndex() throws IOException {
    try (MegatronIndexedDataset dataset = new MegatronIndexedDataset(bin, idx, TokenType.INT32)) {
      dataset.add(new int[] {1, 2});
    }

    assertThat(idx.size()).isZero();
  }

  @Test
  void fourBytesFromAVocabularyOf65500On() {
    assertThat(TokenType.forVocabulary(65_499)).isEqualTo(TokenType.UINT16);
    assertThat(TokenType.forVocabulary(65_500)).isEqualTo(TokenType.INT32);
    assertThatThrownBy(() -> TokenType.forVocabulary(0)).hasMessageContaining("size is given as 0");
  }

  /** More sequences than the first buffers hold: 42 + 20 S bytes of index, offsets one by one. */
  @Property(tries = 20)
  void indexPointsAtEverySequence(
      @ForAll @Size(min = 1, max = 1_000) List<@IntRange(max = 40) Integer> lengths)
      throws IOException {
    ByteArrayOutputStream tokens = new ByteArrayOutputStream();
    ByteArrayOutputStream index = new ByteArrayOutputStream();
    try (MegatronIndexedDataset dataset =
        new MegatronIndexedDataset(tokens, index, TokenType.INT32)) {
      for (int s = 0; s < lengths.size(); s++) {
        int[] ids = new int[lengths.get(s)];
        Arrays.fill(ids, s);
        dataset.add(ids);
      }

      dataset.finish();
    }

    int count = lengths.size();
    ByteBuffer read = ByteBuffer.wrap(index.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer stored = ByteBuffer.wrap(tokens.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(read.capacity()).isEqualTo(42 + 20 * count);
    for (int s = 0; s < count; s++) {
      int length = read.getInt(34 + 4 * s);
      long offset = read.getLong(34 + 4 * count + 8 * s);
      assertThat(length).isEqualTo(lengths.get(s));
      for (int i = 0; i < length; i++) {
        assertThat(stored.getInt((int) offset + 4 * i)).isEqualTo(s);
      }
    }
  }

  private void write(TokenType type, int[]... sequences) throws IOException {
    try (MegatronIndexedDataset dataset = new MegatronIndexedDataset(bin, idx, type)) {
      for (int[] sequence : sequences) {
        dataset.add(sequence);
      }

      dataset.finish();
    }
  }

  private static String hex(ByteArrayOutputStream bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }

  private static Properties goldens() throws IOException {
    Properties goldens = new Properties();
    try (InputStream in =
        MegatronIndexedDatasetTest.class.getResourceAsStream("megatron-goldens.properties")) {
      goldens.load(in);
    }

    return goldens;
  }
}
