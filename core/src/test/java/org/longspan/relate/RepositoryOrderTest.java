package org.longspan.relate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepositoryOrderTest {
  @Test
  void aWalkTakesADirectorysFilesBeforeItsDirectories() {
    assertThat(
            RepositoryWalk.of(
                List.of("src/b/two.c", "src/a/one.c", "src/main.c", "readme.md", "src/a/x/deep.c")))
        .containsExactly("readme.md", "src/main.c", "src/a/one.c", "src/a/x/deep.c", "src/b/two.c");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a/App.java | import org.x.Zebra; | org/x/Zebra.java
          a/app.py   | from lib.zebra import stripes | lib/zebra.py
          a/app.py   | import zebra | zebra.py
          a/app.c    | #include "zebra.h" | include/zebra.h
          a/app.go   | import "example.com/zoo/zebra" | example.com/zoo/zebra.go
          a/app.rs   | use crate::zoo::zebra; | src/zoo/zebra.rs
          a/app.rs   | mod zebra; | src/zebra.rs
          a/app.js   | import { x } from './zebra.js'; | lib/zebra.js
          a/app.ts   | const z = require("../zoo/zebra") | zoo/zebra.ts
          """)
  void aFileStandsBehindWhatItImports(String importer, String line, String imported) {
    Map<String, String> files = Map.of(importer, line + "\n", imported, "x\n");

    assertThat(ImportOrder.of(files)).containsExactly(imported, importer);
  }

  @Test
  void withoutImportsTheWalkDecides() {
    assertThat(ImportOrder.of(Map.of("b.txt", "import a", "a.txt", "import b", "c/d.txt", "")))
        .containsExactly("a.txt", "b.txt", "c/d.txt");
  }

  @Test
  void aCycleKeepsEveryFileOnce() {
    assertThat(ImportOrder.of(Map.of("a.py", "import b", "b.py", "import c", "c.py", "import a")))
        .containsExactly("c.py", "b.py", "a.py");
  }

  @Test
  void longChainsOfImportsAreFollowed() {
    Map<String, String> chain = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      chain.put("m%05d.py".formatted(i), "import m%05d".formatted(i + 1));
    }

    assertThat(ImportOrder.of(chain)).hasSize(20_000).startsWith("m19999.py").endsWith("m00000.py");
  }
}
