package org.longspan.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeVersionTest {
  @TempDir private Path folder;
  private Path classes;

  @BeforeEach
  void writeClasses() throws IOException {
    classes = folder.resolve("classes");
    Files.createDirectories(classes.resolve("org/longspan/stage"));
    Files.createDirectories(classes.resolve("org/longspan/cli"));
    Files.writeString(classes.resolve("org/longspan/stage/A.class"), "a");
    Files.writeString(classes.resolve("org/longspan/cli/C.class"), "c");
  }

  @Test
  void aFolderAndAJarOfTheSameClassesAgree() throws IOException {
    Path jar = folder.resolve("classes.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      for (String name : new String[] {"org/longspan/", "org/longspan/stage/"}) {
        entries.putNextEntry(new JarEntry(name));
      }

      entries.putNextEntry(new JarEntry("org/longspan/stage/A.class"));
      entries.write('a');
      entries.putNextEntry(new JarEntry("other/B.class"));
      entries.write('b');
    }

    assertThat(version(jar)).isEqualTo(version(classes));
  }

  @Test
  void changesWithAClassThatMakesTables() throws IOException {
    String before = version(classes);
    Files.writeString(classes.resolve("org/longspan/stage/A.class"), "b");

    assertThat(version(classes)).isNotEqualTo(before);
  }

  @Test
  void staysWhereTheCommandLineChanges() throws IOException {
    String before = version(classes);
    Files.writeString(classes.resolve("org/longspan/cli/C.class"), "d");

    assertThat(version(classes)).isEqualTo(before);
  }

  @Test
  void ofThisBuildIsKnown() {
    assertThat(CodeVersion.current()).matches("[0-9a-f]{32}");
    assertThat(Versions.ofThisRun())
        .containsKeys("longspan", "code", "java")
        .containsEntry("spark", "3.5.7")
        .allSatisfy((name, version) -> assertThat(version).isNotBlank().doesNotContain("$"));
  }

  private static String version(Path classPath) throws IOException {
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classPath.toUri().toURL()}, null)) {
      return CodeVersion.of(loader);
    }
  }
}
