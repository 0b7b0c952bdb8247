package org.longspan.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longspan.conf.ConfigurationException;
import org.longspan.run.RunLock.Holder;

class RunLockTest {
  @TempDir private java.nio.file.Path folder;
  private Path file;
  private RunFiles files;

  @BeforeEach
  void chooseFile() {
    file = new Path(folder.toUri().toString(), "_longspan/lock.json");
    files = RunFiles.of(new Configuration(), file);
  }

  @Test
  void aSecondRunIsRefusedUntilTheFirstEnds() {
    try (RunLock first = RunLock.take(files, file)) {
      assertThat(first).isNotNull();
      assertThatThrownBy(() -> RunLock.take(files, file))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("Another run is writing to this directory")
          .hasMessageContaining("process " + ProcessHandle.current().pid());
    }

    RunLock.take(files, file).close();
    assertThat(files.exists(file)).isFalse();
  }

  @Test
  void theLockOfADeadProcessOnThisHostIsTakenOver() throws Exception {
    Process process = new ProcessBuilder("sh", "-c", "exit 0").start();
    process.waitFor();
    Holder self = Holder.self();
    hold(new Holder("dead", self.host(), process.pid(), "unknown", self.since()));

    RunLock.take(files, file).close();
  }

  @Test
  void aNewProcessWithTheOldIdDoesNotKeepALock() {
    Holder self = Holder.self();
    String before = Instant.parse(self.born()).minusSeconds(3600).toString();
    hold(new Holder("dead", self.host(), self.process(), before, self.since()));

    RunLock.take(files, file).close();
  }

  @Test
  void anotherHostKeepsItsLockAsLongAsItIsWritten() throws IOException {
    Holder elsewhere = new Holder("far", "elsewhere.example", 1, "unknown", "2026-01-01T00:00:00Z");
    hold(elsewhere);
    assertThatThrownBy(() -> RunLock.take(files, file))
        .hasMessageContaining("process 1 on elsewhere.example, since 2026-01-01T00:00:00Z");

    Files.setLastModifiedTime(
        java.nio.file.Path.of(file.toUri()),
        FileTime.from(Instant.now().minus(RunLock.SILENCE).minusSeconds(1)));
    RunLock.take(files, file).close();
  }

  @Test
  void aLockThatIsCutCountsAsHeld() {
    files.write(file, "{");

    assertThatThrownBy(() -> RunLock.take(files, file)).hasMessageContaining("just being written");
  }

  private void hold(Holder holder) {
    files.write(file, Json.write(holder));
  }
}
