package org.longspan.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longspan.conf.ConfigurationException;

class InputListingTest {
  @TempDir private Path folder;

  @BeforeEach
  void writeFiles() throws IOException {
    Files.createDirectories(folder.resolve("books/old"));
    Files.writeString(folder.resolve("books/a.jsonl"), "one");
    Files.writeString(folder.resolve("books/old/b.jsonl"), "three");
    Files.writeString(folder.resolve("laws [1].txt"), "law");
  }

  @Test
  void foldersAreListedWithAllThatIsBelowThem() {
    assertThat(list("books").files()).extracting(InputListing.File::length).containsExactly(3L, 5L);
    assertThat(list("books").length()).isEqualTo(8);
  }

  @Test
  void globsAndFilesThatLookLikeGlobsAreFound() {
    assertThat(list("books/*.jsonl").files()).hasSize(1);
    assertThat(list("*/*/*.jsonl").files()).hasSize(1);
    assertThat(list("laws [1].txt").files()).hasSize(1);
  }

  @Test
  void neitherOrderNorRepetitionOfPathsMatters() {
    assertThat(list("books", "laws [1].txt").fingerprint())
        .isEqualTo(list("laws [1].txt", "books/old", "books").fingerprint());
  }

  @Test
  void changesWithTimeLengthAndName() throws IOException {
    Path file = folder.resolve("books/a.jsonl");
    FileTime time = Files.getLastModifiedTime(file);
    String before = list("books").fingerprint();

    Files.setLastModifiedTime(file, FileTime.fromMillis(time.toMillis() + 1000));
    assertThat(list("books").fingerprint()).isNotEqualTo(before);

    Files.setLastModifiedTime(file, time);
    assertThat(list("books").fingerprint()).isEqualTo(before);

    Files.writeString(file, "longer");
    Files.setLastModifiedTime(file, time);
    assertThat(list("books").fingerprint()).isNotEqualTo(before);
  }

  @Test
  void everyPathWithoutFilesIsNamed() throws IOException {
    Files.createDirectory(folder.resolve("empty"));

    assertThatThrownBy(() -> list("books", "boks", "empty", "*.gz"))
        .isInstanceOfSatisfying(
            ConfigurationException.class,
            e ->
                assertThat(e.problems())
                    .extracting(problem -> Path.of(problem.place()).getFileName().toString())
                    .containsExactly("boks", "empty", "*.gz"))
        .hasMessageContaining("This input path matches no file.");
  }

  private InputListing list(String... paths) {
    return InputListing.of(
        new Configuration(), List.of(paths).stream().map(path -> folder + "/" + path).toList());
  }
}
