package org.longspan.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.longspan.score.CompressedSizes;
import org.longspan.score.Compressibility;
import org.longspan.score.Score;

class CompressionTest {
  private static final String LETTERS = letters();

  private static final Map<String, String> TEXTS =
      Map.of(
          "A", "a".repeat(1_000),
          "B", "long context ".repeat(500),
          "C",
              IntStream.range(0, 10_000)
                  .mapToObj(Integer::toString)
                  .collect(Collectors.joining(" ")),
          "D", LETTERS,
          "E", LETTERS.substring(0, 32_000).repeat(2),
          "F", LETTERS.substring(0, 40_000).repeat(2));

  @ParameterizedTest
  @CsvSource({
    "A, 1000, 29",
    "B, 6500, 64",
    "C, 48889, 22197",
    "D, 65536, 41540",
    "E, 64000, 20600",
    "F, 80000, 50733"
  })
  void gzipSizesAreThoseOfTheGoldens(String text, long bytes, long gzip) {
    CompressedSizes sizes = Compression.measure(TEXTS.get(text));

    assertThat(sizes.bytes()).isEqualTo(bytes);
    assertThat(sizes.gzipLevel()).isEqualTo(6);
    assertThat(score(text).value().getAsDouble())
        .isCloseTo((double) gzip / bytes, within(text.compareTo("C") < 0 ? 0 : 1e-2));
  }

  @Test
  void repetitionBeyondGzipsWindowIsSeenByTheLongOne() {
    assertThat(score("F").details().get("far_repetition")).isCloseTo(0.63 / 2, within(0.03));
    assertThat(score("E").details().get("far_repetition")).isCloseTo(0, within(0.03));
    assertThat(score("D").details().get("far_repetition")).isCloseTo(0, within(0.03));
  }

  @Test
  void repetitionOfMegabytesAwayIsSeen() {
    String noise =
        IntStream.range(0, 400_000)
            .mapToObj(i -> Integer.toHexString(i * 0x9E3779B9))
            .collect(Collectors.joining());

    Score twice = new Compressibility().score(Compression.measure(noise + noise));

    assertThat(twice.details().get("long_window"))
        .isCloseTo(twice.value().getAsDouble() / 2, within(0.05));
  }

  @Test
  void bytesAreThoseOfUtf8() {
    assertThat(Compression.measure("Zürich 東京 𝄞").bytes()).isEqualTo(7 + 1 + 6 + 1 + 4);
  }

  @Test
  void anEmptyTextIsTooShortAndNotInfinite() {
    CompressedSizes empty = Compression.measure("");

    assertThat(empty.gzip()).isEqualTo(20);
    assertThat(new Compressibility().score(empty).status().label()).isEqualTo("too-short");
  }

  private static Score score(String text) {
    return new Compressibility().score(Compression.measure(TEXTS.get(text)));
  }

  /** A linear congruential generator, spelt out in letters. */
  private static String letters() {
    StringBuilder letters = new StringBuilder();
    long x = 1;

    for (int i = 0; i < 65_536; i++) {
      x = (1_103_515_245L * x + 12_345) & 0x7fff_ffffL;
      letters.append((char) ('a' + (x >> 16) % 26));
    }

    return letters.toString();
  }
}
