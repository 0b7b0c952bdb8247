package org.longspan.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longspan.conf.ConfigurationException;

class RunWriterTest {
  private static final RunIdentity BOOKS = new RunIdentity(List.of("books/*.jsonl"));

  @TempDir private Path folder;
  private Path output;

  @BeforeEach
  void chooseOutput() {
    output = folder.resolve("out");
  }

  @Test
  void aCommitMakesTablesVisibleAndRemovesStagingAndWork() throws IOException {
    try (RunWriter run = open()) {
      Path work = Path.of(URI.create(run.workFolder("score", "0123")));
      Path stale = Path.of(URI.create(run.workFolder("score", "4567")));
      CommitRecord record = stage(run, "score", "id1", "scores", "new");
      assertThat(output.resolve("scores")).doesNotExist();
      assertThat(run.directory().commit("score")).isEmpty();

      run.commit(record);

      assertThat(run.directory().commit("score")).contains(record);
      assertThat(output.resolve("scores/part-0")).hasContent("new");
      assertThat(output.resolve("drops/score.id1.part-0")).hasContent("drops of id1");
      assertThat(List.of(work, stale)).noneMatch(Files::exists);
      assertThat(output.resolve("_longspan/staging/score")).doesNotExist();
    }
  }

  @Test
  void aSecondCommitReplacesTheFirstAndWhatItNoLongerHas() throws IOException {
    try (RunWriter run = open()) {
      run.commit(stage(run, "export", "id1", "megatron", "old"));
      run.commit(stage(run, "pack", "id2", "sequences", "kept"));
      CommitRecord second = stage(run, "export", "id3", "parquet", "new");
      run.commit(second);

      assertThat(output.resolve("megatron")).doesNotExist();
      assertThat(names(output.resolve("drops")))
          .containsExactly("export.id3.part-0", "pack.id2.part-0");
      assertThat(run.directory().commits()).containsOnlyKeys("export", "pack");
      assertThat(run.directory().commit("export")).contains(second);
    }
  }

  @Test
  void aStageThatTheRunNoLongerHasGoesWithItsTablesAndDrops() throws IOException {
    try (RunWriter run = open()) {
      run.commit(stage(run, "pack", "id1", "sequences", "kept"));
      run.commit(stage(run, "schedule", "id2", "schedule", "old"));

      assertThat(run.retire(Set.of("pack", "export"))).containsExactly("schedule");

      assertThat(output.resolve("schedule")).doesNotExist();
      assertThat(names(output.resolve("drops"))).containsExactly("pack.id1.part-0");
      assertThat(run.directory().commits()).containsOnlyKeys("pack");
      assertThat(output.resolve("sequences/part-0")).hasContent("kept");
      assertThat(run.retire(Set.of("pack", "export"))).isEmpty();
    }
  }

  @Test
  void aTableThatAnotherStageWritesNowIsKept() throws IOException {
    try (RunWriter run = open()) {
      run.commit(stage(run, "pack", "id1", "sequences", "old"));
      run.commit(stage(run, "repack", "id2", "sequences", "new"));

      run.retire(Set.of("repack"));

      assertThat(output.resolve("sequences/part-0")).hasContent("new");
      assertThat(run.directory().commits()).containsOnlyKeys("repack");
    }
  }

  @Test
  void tablesThatChangedAfterTheCommitAreNotCommitted() throws IOException {
    try (RunWriter run = open()) {
      run.commit(stage(run, "score", "id1", "scores", "new"));
      Files.delete(output.resolve("scores/part-0"));

      assertThat(run.directory().commit("score")).isEmpty();
    }
  }

  @Test
  void aCrashBeforeTheMovesLeavesTheOldCommit() throws IOException {
    CommitRecord old;
    try (RunWriter run = open()) {
      old = stage(run, "score", "id1", "scores", "old");
      run.commit(old);
      stage(run, "score", "id2", "scores", "new");
      Files.writeString(output.resolve("_longspan/commits/score.json.pending"), "{\"stage\": \"sc");
    }

    try (RunWriter run = open()) {
      assertThat(run.directory().commit("score")).contains(old);
      assertThat(output.resolve("scores/part-0")).hasContent("old");
      assertThat(output.resolve("_longspan/staging")).doesNotExist();
    }
  }

  @Test
  void aCrashBetweenTheMovesIsFinishedByTheNextStart() throws IOException {
    CommitRecord record;
    try (RunWriter run = open()) {
      run.commit(stage(run, "score", "id1", "scores", "old"));
      record = stage(run, "score", "id2", "scores", "new");
      Files.writeString(output.resolve("_longspan/commits/score.json.pending"), Json.write(record));
      remove(output.resolve("scores"));
      Files.move(output.resolve("_longspan/staging/score/scores"), output.resolve("scores"));
      assertThat(run.directory().commit("score")).isEmpty();
    }

    try (RunWriter run = open()) {
      assertThat(run.directory().commit("score")).contains(record);
      assertThat(output.resolve("scores/part-0")).hasContent("new");
      assertThat(names(output.resolve("drops"))).containsExactly("score.id2.part-0");
    }
  }

  @Test
  void aMoveThatLostFilesIsNoCommit() throws IOException {
    try (RunWriter run = open()) {
      run.commit(stage(run, "score", "id1", "scores", "older"));
      CommitRecord record = stage(run, "score", "id2", "scores", "new");
      Files.writeString(output.resolve("_longspan/commits/score.json.pending"), Json.write(record));
      remove(output.resolve("_longspan/staging/score/scores"));
    }

    try (RunWriter run = open()) {
      assertThat(run.directory().commits()).isEmpty();
      assertThat(names(output.resolve("_longspan/commits"))).isEmpty();
    }
  }

  @Test
  void workOutlivesTheRun() throws IOException {
    try (RunWriter run = open()) {
      Files.writeString(
          Path.of(URI.create(run.workFolder("score", "0123"))).resolve("shard-7"), "done");
    }

    try (RunWriter run = open()) {
      assertThat(Path.of(URI.create(run.workFolder("score", "0123"))).resolve("shard-7"))
          .hasContent("done");
    }
  }

  @Test
  void aForeignDirectoryIsRefusedAndLeftAsItWas() throws IOException {
    Files.createDirectory(output);
    Files.writeString(output.resolve("thesis.tex"), "ten years");

    assertThatThrownBy(this::open)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("is not empty and holds no Longspan run")
        .hasMessageContaining("Choose a new or empty directory");
    assertThat(names(output)).containsExactly("thesis.tex");
  }

  @Test
  void aFileIsNoDirectory() throws IOException {
    Files.writeString(output, "text");

    assertThatThrownBy(this::open).hasMessageContaining("This is a file.");
  }

  @Test
  void anotherConfigurationIsRefusedAndLeavesAllAsItWas() throws IOException {
    try (RunWriter run = open()) {
      run.commit(stage(run, "score", "id1", "scores", "new"));
    }

    List<String> before = names(output.resolve("_longspan"));
    assertThatThrownBy(
            () ->
                RunWriter.open(
                    new Configuration(), output.toString(), new RunIdentity(List.of("laws"))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("[books/*.jsonl]")
        .hasMessageContaining("[laws]")
        .hasMessageContaining("Choose another output");
    assertThat(names(output.resolve("_longspan"))).isEqualTo(before);
    assertThat(RunDirectory.at(new Configuration(), output.toString()).commits())
        .containsOnlyKeys("score");
  }

  @Test
  void aRunThatFinishedNoStageKeepsTheDirectoryFromNobody() throws IOException {
    try (RunWriter misspelt = open()) {
      write(misspelt.stagingFolder("ingest", "documents"), "old");
      assertThat(misspelt.staged("ingest", "documents").files()).isEqualTo(1);
    }

    RunIdentity laws = new RunIdentity(List.of("laws"));

    try (RunWriter run = RunWriter.open(new Configuration(), output.toString(), laws)) {
      assertThat(run.staged("ingest", "documents").files()).isZero();
      run.commit(stage(run, "ingest", "id1", "documents", "new"));
    }

    assertThatThrownBy(this::open).hasMessageContaining("[laws]");
  }

  @Test
  void twoRunsAtOnceAreRefused() {
    try (RunWriter run = open()) {
      assertThat(run).isNotNull();
      assertThatThrownBy(this::open).hasMessageContaining("Another run is writing");
    }
  }

  @Test
  void readingAPlainFolderAsARunIsRefused() {
    assertThatThrownBy(() -> RunDirectory.at(new Configuration(), folder.toString()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("not the directory of a Longspan run");
  }

  private RunWriter open() {
    return RunWriter.open(new Configuration(), output.toString(), BOOKS);
  }

  /** Puts a table and drops into staging, as a stage does. */
  private static CommitRecord stage(
      RunWriter run, String stage, String id, String table, String content) throws IOException {
    run.discard(stage);
    write(run.stagingFolder(stage, table), content);
    write(run.stagingFolder(stage, "drops"), "drops of " + id);
    return new CommitRecord(
        stage,
        id,
        "fingerprint",
        new TreeMap<>(Map.of("tokenize", "0a")),
        Balance.of(
            new Counts(3, 30),
            Map.of("copies", new Counts(1, 10)),
            new Counts(2, 20),
            Map.of("short", new Counts(2, 20))),
        new TreeMap<>(Map.of("fill", 0.5)),
        List.of(run.staged(stage, "drops"), run.staged(stage, table)),
        1.5,
        "2026-01-01T00:00:00Z",
        "2026-01-01T00:00:01.500Z");
  }

  private static void write(String folder, String content) throws IOException {
    Path path = Path.of(URI.create(folder));
    Files.writeString(path.resolve("part-0"), content);
    Files.writeString(path.resolve("_SUCCESS"), "");
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }

    Files.delete(folder);
  }

  /** Without Hadoop's check sums. */
  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    }
  }
}
