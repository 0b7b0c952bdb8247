package org.longspan.line;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code bin/longspan} with arguments, as a person starts it in a shell. */
final class Command {
  static final Path ROOT = Path.of(System.getProperty("longspan.root"));
  private static final long LIMIT_MINUTES = 10;

  private final List<String> arguments;
  private final Map<String, String> environment = new LinkedHashMap<>();

  private Command(List<String> arguments) {
    this.arguments = arguments;
  }

  static Command longspan(String... arguments) {
    List<String> all = new ArrayList<>();
    all.add(ROOT.resolve("bin/longspan").toString());
    all.addAll(List.of(arguments));
    return new Command(all);
  }

  static Command of(String... arguments) {
    return new Command(List.of(arguments));
  }

  Command with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Runs to the end. */
  Finished run() {
    try (Started started = start()) {
      if (!started.process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
        throw new AssertionError("It did not end in time:\n" + started.output());
      }

      return new Finished(started.process.exitValue(), started.output());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Starts, for a test that will kill it. */
  Started start() {
    try {
      Path output = Files.createTempFile("longspan", ".out");
      ProcessBuilder builder =
          new ProcessBuilder(arguments).redirectErrorStream(true).redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      builder
          .environment()
          .putIfAbsent(
              "LONGSPAN_JAVA_OPTS", "-Xmx2g -XX:TieredStopAtLevel=1 -Dspark.ui.enabled=false");
      return new Started(builder.start(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A command that came to its end.
   *
   * @param output what it printed, errors among it
   */
  record Finished(int exitCode, String output) {}

  /** A command that runs. */
  record Started(Process process, Path file) implements AutoCloseable {
    String output() {
      try {
        return Files.readString(file, StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Ends the process as a power cut would. */
    void kill() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
