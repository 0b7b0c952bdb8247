package org.longspan.line;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The second law: the same bytes, however the work is cut up and whatever interrupts it. */
class SameBytesTest {
  @Test
  void oneThreadWritesWhatTwoWrite() throws Exception {
    assertThat(Content.of(SmallRun.on("local[1]").output()))
        .isEqualTo(Content.of(SmallRun.on("local[2]").output()));
  }

  @Test
  void executorsInProcessesOfTheirOwnWriteTheSame() throws Exception {
    Path output = SmallRun.temporary().resolve("out");
    Command.Finished finished =
        SmallRun.command(output, "local-cluster[2,1,1024]")
            .with("SPARK_HOME", SparkHome.make().toString())
            .with("SPARK_SCALA_VERSION", "2.12")
            .with("JDK_JAVA_OPTIONS", SparkHome.javaOptions())
            .run();

    assertThat(finished.exitCode()).as(finished.output()).isZero();
    assertThat(Content.of(output)).isEqualTo(Content.of(SmallRun.on("local[2]").output()));
  }

  @Test
  void aRunThatIsKilledWhileScoringGoesOnWhereItWas() throws Exception {
    Path output = SmallRun.temporary().resolve("out");
    try (Command.Started started = SmallRun.command(output, "local[2]").start()) {
      while (shards(output) < 2) {
        assertThat(started.process().isAlive()).as(started.output()).isTrue();
        Thread.sleep(50);
      }

      started.kill();
    }

    long kept = shards(output);
    assertThat(output.resolve("scores")).doesNotExist();

    Command.Finished again = SmallRun.command(output, "local[2]").run();
    assertThat(again.exitCode()).as(again.output()).isZero();
    assertThat(again.output()).contains("ingest    reused", "tokenize  reused", "score     done");
    assertThat(figure(output, "score", "shards.reused")).isGreaterThanOrEqualTo(kept);
    assertThat(figure(output, "score", "shards.reused"))
        .isLessThan(figure(output, "score", "shards"));
    assertThat(Content.of(output)).isEqualTo(Content.of(SmallRun.on("local[2]").output()));
  }

  /** Finished shards of the score stage. */
  private static long shards(Path output) throws IOException {
    Path work = output.resolve("_longspan/work/score");
    if (!Files.isDirectory(work)) {
      return 0;
    }

    try (Stream<Path> files = Files.walk(work)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .filter(file -> !file.getFileName().toString().startsWith("_"))
          .count();
    } catch (java.io.UncheckedIOException e) { // A file was renamed under the walk.
      return 0;
    }
  }

  private static double figure(Path output, String stage, String name) throws IOException {
    JsonNode stages =
        new ObjectMapper().readTree(output.resolve("manifest.json").toFile()).path("stages");
    for (JsonNode candidate : stages) {
      if (candidate.path("stage").asText().equals(stage)) {
        return candidate.path("figures").path(name).asDouble();
      }
    }

    throw new AssertionError("The manifest has no stage " + stage + ".");
  }
}
