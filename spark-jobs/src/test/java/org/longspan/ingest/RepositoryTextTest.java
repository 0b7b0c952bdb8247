package org.longspan.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RepositoryTextTest {
  @Test
  void filesFollowEachOtherBelowTheirNames() {
    assertThat(joined(1_000, "one\n", "two")).containsExactly("==> f0 <==\none\n==> f1 <==\ntwo\n");
  }

  @Test
  void documentsAreCutBetweenFiles() {
    assertThat(joined(20, "one\n", "two\n"))
        .containsExactly("==> f0 <==\none\n", "==> f1 <==\ntwo\n");
  }

  @Test
  void aLargeFileIsCutAtLineEndsAndItsNameRepeated() {
    assertThat(joined(20, "aaaa\nbbbb\ncccc\n"))
        .containsExactly("==> f0 <==\naaaa\n", "==> f0 <==\nbbbb\n", "==> f0 <==\ncccc\n");
  }

  @Test
  void aLargeLineIsCutBetweenCharacters() {
    assertThat(joined(13, "\uD83D\uDE00".repeat(4)))
        .containsExactly(
            "==> f0 <==\n\uD83D\uDE00\uD83D\uDE00",
            "==> f0 <==\n\uD83D\uDE00\uD83D\uDE00",
            "==> f0 <==\n\n");
  }

  @Test
  void emptyFilesKeepTheirNames() {
    assertThat(joined(1_000, "", "x\n")).containsExactly("==> f0 <==\n==> f1 <==\nx\n");
  }

  @Property
  void nothingIsLostAndNoDocumentIsLargerThanTheCap(
      @ForAll("files") List<String> files, @ForAll @IntRange(min = 12, max = 60) int cap) {
    List<String> documents = joined(cap, files.toArray(String[]::new));

    String bodies = String.join("", documents).replaceAll("==> f\\d <==\n", "");
    assertThat(bodies.replace("\n", "")).isEqualTo(String.join("", files).replace("\n", ""));
    assertThat(documents)
        .allSatisfy(
            document ->
                assertThat(document.codePointCount(0, document.length())).isBetween(1, cap));
  }

  @Provide
  Arbitrary<List<String>> files() {
    return Arbitraries.strings().withChars("ab\n").ofMaxLength(80).list().ofMaxSize(9);
  }

  private static List<String> joined(long cap, String... files) {
    RepositoryText text = new RepositoryText(cap);
    List<String> documents = new ArrayList<>();
    for (int f = 0; f < files.length; f++) {
      documents.addAll(text.add("f" + f, files[f]));
    }

    text.finish().ifPresent(documents::add);
    return documents;
  }
}
