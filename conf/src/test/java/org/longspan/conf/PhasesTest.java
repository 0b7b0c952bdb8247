package org.longspan.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhasesTest {
  private static final String RUN =
      """
      longspan {
        input.sources = [{ paths = [a.jsonl] }]
        output = out
        upsample { long-from = 99, mode = domain-weighted, weights { web = 0.5, book = 0.5 } }
        relate.retriever = none
        pack { packer = best-fit, separator = none }
        %s
      }
      """;

  @TempDir Path folder;

  @Test
  void aRunHasNoPhasesUnlessItNamesSome() {
    assertThat(load("").phases()).isEmpty();
  }

  @Test
  void aPhaseTakesWhatItDoesNotSayFromTheRun() {
    List<PhaseConfiguration> phases =
        load("""
                phases = [
                  { name = 64k, pack.sequence-length = 65536 }
                  { name = 512k, reuse = true, upsample { tokens = 7, cut.to = 0.9 }, pack.order = shuffle }
                ]
                """)
            .phases();

    assertThat(phases).extracting(PhaseConfiguration::name).containsExactly("64k", "512k");
    assertThat(phases).extracting(PhaseConfiguration::reuse).containsExactly(false, true);
    assertThat(phases)
        .extracting(phase -> phase.pack().sequenceLength())
        .containsExactly(65536, 131072);
    assertThat(phases)
        .extracting(phase -> phase.pack().order())
        .containsExactly("identity", "shuffle");
    assertThat(phases).allSatisfy(phase -> assertThat(phase.pack().packer()).isEqualTo("best-fit"));
    assertThat(phases.get(0).upsample().tokens()).isZero();
    assertThat(phases.get(1).upsample().tokens()).isEqualTo(7);
    assertThat(phases.get(1).upsample().cut().to()).isEqualTo(0.9);
    assertThat(phases).allSatisfy(phase -> assertThat(phase.upsample().longFrom()).isEqualTo(99));
  }

  @Test
  void theWeightsOfAPhaseReplaceThoseOfTheRunAsAWhole() {
    List<PhaseConfiguration> phases =
        load("""
                phases = [
                  { name = a }
                  { name = b, upsample.weights { code = 1 } }
                  { name = c, upsample { mode = table, weights {}, table { web { 0- = 1 } } } }
                ]
                """)
            .phases();

    assertThat(phases.get(0).upsample().weights()).isEqualTo(Map.of("web", 0.5, "book", 0.5));
    assertThat(phases.get(1).upsample().weights()).isEqualTo(Map.of("code", 1.0));
    assertThat(phases.get(2).upsample().weights()).isEmpty();
  }

  @Test
  void theRunsOwnSectionsAreDefaultsAndNeedNotGoTogether() {
    RunConfiguration run =
        Configurations.load(
            ConfigFactory.parseString(
                """
                longspan {
                  input.sources = [{ paths = [a.jsonl] }], output = out, upsample.mode = table
                  phases = [{ name = a, upsample.table { web { 0- = 1 } } }]
                }
                """));

    assertThat(run.phases().get(0).upsample().table()).containsOnlyKeys("web");
  }

  @Test
  void aPhaseReadAsAWholeRunHasItsSectionsAndNoPhases() {
    RunConfiguration run = load("phases = [{ name = a, pack.sequence-length = 64 }]");

    RunConfiguration alone = run.in(run.phases().get(0));

    assertThat(alone.phases()).isEmpty();
    assertThat(alone.pack().sequenceLength()).isEqualTo(64);
    assertThat(alone.output()).isEqualTo("out");
  }

  @Test
  void presetsOfSeveralPhasesHaveTheirWindowsAndDisjointLengths() throws IOException {
    assertThat(preset("prolong-phases").phases())
        .extracting(phase -> phase.name() + " " + phase.pack().sequenceLength())
        .containsExactly("64k 65536", "512k 524288");
    assertThat(preset("prolong-phases").phases().get(1).upsample().table().get("code"))
        .isEqualTo(Map.of("524288-", 0.15, "65536-524287", 0.15));
    assertThat(preset("apertus-phases").phases())
        .extracting(phase -> phase.upsample().table().get("web-long").keySet().toString())
        .containsExactly("[4097-8192]", "[8193-16384]", "[16385-32768]", "[32769-65536]");
    assertThat(preset("nemotron3-phases").phases())
        .extracting(phase -> phase.pack().sequenceLength())
        .containsExactly(524_288, 4_096);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {} | 8: longspan.phases[0].name: The phase has no name: give it one, such as name = "64k".
          { name = a }, { name = a } | 8: longspan.phases[1].name: Two phases have the name "a": rename one.
          { name = sequences } | 8: longspan.phases[0].name: A run directory has a folder sequences already: choose another name, such as 64k.
          { name = A_1 } | 8: longspan.phases[0].name: "A_1" names a folder and stages, so that it has lower-case letters, digits and hyphens alone, such as 64k.
          { name = a, pack.packr = 3 } | 8: longspan.phases[0].pack.packr: There is no such key. Did you mean longspan.phases[0].pack.packer?
          { name = a, relat.retriever = none } | 8: longspan.phases[0].relat: There is no such key. Did you mean longspan.phases[0].relate?
          { name = a, reuse = perhaps } | 8: longspan.phases[0].reuse: It should be true or false, but is "perhaps".
          { name = a }, { name = b, pack.sequence-length = 1 } | 8: longspan.phases[1].pack.sequence-length: 1 is out of range: it should be at least 2.
          { name = a }, { name = b, upsample.weights { web = 0.4 } } | 8: longspan.phases[1].upsample.weights: The shares sum to 0.400000, not to 1: divide each by that, 0.4 by 0.400000 = 1.000000.
          { name = a }, { name = b, pack.packer = splice } | 8: longspan.phases[1].pack.packer: The packer splice lays related documents side by side and finds none: set relate.retriever = bm25, or pack.packer = best-fit.
          7 | 8: longspan.phases: It should be a list of sections, [{ ... }], but is the number 7.
          """)
  void whatIsWrongInAPhaseIsToldWithItsPlace(String phases, String problem) throws IOException {
    assertThat(problems("\n  phases = [" + phases + "]"))
        .anySatisfy(told -> assertThat(told).endsWith(problem));
  }

  @Test
  void whatAPhaseInheritsIsToldOnceWhereItStands() throws IOException {
    String text = RUN.formatted("phases = [{ name = a }, { name = b }]");

    assertThat(problemsOf(text.replace("web = 0.5", "web = 0.4")))
        .singleElement()
        .asString()
        .contains(":4: longspan.upsample.weights: The shares sum to 0.9");
    assertThat(problemsOf(text.replace("separator = none", "separator = nothing")))
        .singleElement()
        .asString()
        .contains(":6: longspan.pack.separator: ");
  }

  /** As a user's file takes it. */
  private RunConfiguration preset(String name) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve(name + ".conf"),
            """
            include classpath("presets/%s.conf")
            longspan { input.sources = [{ paths = [a.jsonl] }], output = out }
            """
                .formatted(name));
    return Configurations.load(file, List.of());
  }

  private static RunConfiguration load(String phases) {
    return Configurations.load(ConfigFactory.parseString(RUN.formatted(phases)));
  }

  private List<String> problems(String phases) throws IOException {
    return problemsOf(RUN.formatted(phases));
  }

  private List<String> problemsOf(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("run.conf"), text);
    return catchThrowableOfType(
            ConfigurationException.class, () -> Configurations.load(file, List.of()))
        .problems()
        .stream()
        .map(Problem::toString)
        .toList();
  }
}
