package org.longspan.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LinesTest {
  private static final InputFile FILE = new InputFile(0, 0, 0, "f", "f", 0, 0);

  @Test
  void linesHaveTheirNumbersAndNoEnds() throws IOException {
    assertThat(whole("a\r\n\nb\n")).containsExactly("1:a", "2:", "3:b");
  }

  @Test
  void theLastLineNeedsNoNewline() throws IOException {
    assertThat(whole("a\nb")).containsExactly("1:a", "2:b");
  }

  @Test
  void tooLongLinesAreReadPast() throws IOException {
    String longLine = "x".repeat(200_000);
    try (Lines lines = Lines.all(stream("a\n" + longLine + "\nb\n", 0), 100_000)) {
      assertThat(lines.advance()).isTrue();
      assertThat(lines.tooLong()).isFalse();
      assertThat(lines.advance()).isTrue();
      assertThat(lines.tooLong()).isTrue();
      assertThat(lines.length()).isBetween(1, 100_000);
      assertThat(lines.advance()).isTrue();
      assertThat(lines.tooLong()).isFalse();
      assertThat(lines.number()).isEqualTo(3);
      assertThat(lines.advance()).isFalse();
    }
  }

  @Property
  void anyCutIntoPiecesGivesTheSameLines(
      @ForAll("texts") String text, @ForAll @IntRange(min = 1, max = 9) int bytes)
      throws IOException {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    List<String> pieces = new ArrayList<>();
    for (int start = 0; start < content.length; start += bytes) {
      int end = Math.min(start + bytes, content.length);
      Piece piece = new Piece(FILE, start, end, newlines(content, start));
      pieces.addAll(read(Lines.of(piece, stream(text, Math.max(0, start - 1)), 1_000)));
    }

    assertThat(pieces).isEqualTo(whole(text));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().withChars('a', 'é', '\n', '\r').ofMaxLength(40);
  }

  private static long newlines(byte[] content, int end) {
    long newlines = 0;
    for (int i = 0; i < end; i++) {
      newlines += content[i] == '\n' ? 1 : 0;
    }

    return newlines;
  }

  private static List<String> whole(String text) throws IOException {
    return read(Lines.all(stream(text, 0), 1_000));
  }

  private static List<String> read(Lines lines) throws IOException {
    List<String> read = new ArrayList<>();
    try (lines) {
      while (lines.advance()) {
        read.add(
            lines.number()
                + ":"
                + new String(lines.bytes(), 0, lines.length(), StandardCharsets.UTF_8));
      }
    }

    return read;
  }

  private static ByteArrayInputStream stream(String text, int from) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new ByteArrayInputStream(Arrays.copyOfRange(bytes, from, bytes.length));
  }
}
