package org.longspan.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark's GPU resources on a machine without any: a discovery script names two addresses. */
class GpuAddressTest {
  @TempDir private Path folder;

  @Test
  void aTaskComputesOnTheAddressThatSparkGaveIt() throws IOException {
    Path script = folder.resolve("discover.sh");
    Files.writeString(
        script, "#!/bin/sh\necho '{\"name\": \"gpu\", \"addresses\": [\"5\", \"7\"]}'\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    Map<String, String> settings = new TreeMap<>();
    settings.put("spark.master", "local-cluster[1,2,1024]");
    settings.put("spark.app.name", "devices");
    settings.put("spark.ui.enabled", "false");
    settings.put("spark.worker.resource.gpu.amount", "2");
    settings.put("spark.worker.resource.gpu.discoveryScript", script.toString());
    settings.put("spark.executor.resource.gpu.amount", "2");
    settings.put("spark.task.resource.gpu.amount", "1");
    String tests = Command.ROOT.resolve("tests/target/test-classes").toString();
    settings.put("spark.executor.extraClassPath", tests);
    Command.Finished finished =
        program(TaskDevices.class, tests, settings)
            .with("SPARK_HOME", SparkHome.make().toString())
            .with("SPARK_SCALA_VERSION", "2.12")
            .with("SPARK_LOCAL_IP", "127.0.0.1")
            .with("JDK_JAVA_OPTIONS", SparkHome.javaOptions())
            .run();

    assertThat(finished.output()).contains("devices: [gpu5 cpu, gpu7 cpu]");
    // There is no such GPU, so that scoring, which loads its model on the task's device, says so.
    assertThat(finished.output())
        .containsPattern("PyTorch sees 0 GPUs here, so a model cannot run on gpu[57]");
  }

  private static Command program(Class<?> main, String tests, Map<String, String> settings)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.add("-Xmx1g");
    settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.add("-cp");
    command.add(String.join(":", tests, SparkHome.own().toString(), SparkHome.classpath()));
    command.add(main.getName());
    return Command.of(command.toArray(String[]::new));
  }
}
