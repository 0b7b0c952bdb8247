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

class MixRulesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mode = domain-weighted, weights { a = 0.5, b = 0.4 } | weights: The shares sum to 0.900000, not to 1: divide each by that, 0.5 by 0.900000 = 0.555556.
          mode = domain-weighted, weights { a = -0.5, b = 1.5 } | weights: A share is from 0 to 1, not -0.5.
          mode = domain-weighted | mode: The mode domain-weighted takes one of upsample.weights, upsample.weights-file and upsample.raised.domains, and none is set.
          mode = domain-weighted, weights { a = 1 }, raised.domains = [a] | raised.domains: The mode domain-weighted takes one of upsample.weights, upsample.weights-file and upsample.raised.domains, and upsample.weights and upsample.raised.domains are set.
          mode = global, weights { a = 1 } | weights: It counts in mode domain-weighted alone, not in global: set upsample.mode, or leave it out.
          mode = table | mode: The mode table needs upsample.table, such as { web { 0- = 0.7 }, book { 65536- = 0.3 } }.
          mode = table, table { a { 0-9 = 0.5, 9- = 0.5 } } | table: The ranges 0-9 and 9-2147483647 overlap; both ends of a range belong to it.
          mode = table, table { a { 0-9 = 0.5 }, b { 9- = 0.4 } } | table: The shares sum to 0.900000, not to 1: divide each by that, 0.5 by 0.900000 = 0.555556.
          table { a { 0- = 1 } } | table: It counts in mode table alone, not in per-source: set upsample.mode, or leave it out.
          mode = table, table { a = 1 } | table: It should be sections, such as { name { other = 1.5 } }, but is the number 1.
          mode = table, table { a { 0- = x } } | table.a.0-: It should be a number, but is "x".
          lengths { 0-4095 = 0.5, 4096- = 0.3 } | lengths: The shares sum to 0.800000, not to 1: divide each by that, 0.5 by 0.800000 = 0.625000.
          lengths { long = 1 } | lengths: "long" names no lengths; they are written like 4096-8191, both ends included, or 65536- without an end.
          lengths { 9-3 = 1 } | lengths: "9-3" names no lengths; they are written like 4096-8191, both ends included, or 65536- without an end.
          borders = [4096, 1024] | borders: Borders should ascend from 1 token on, unlike [4096, 1024].
          length { from = 9, to = 8 } | length.from: No document has from 9 to 8 tokens: set from to no more than to.
          max-epochs = 20 | max-epochs: 20.0 epochs are more than 16, from where repeated tokens are worth nothing (arXiv 2305.16264): lower it, or set upsample.force-epochs = true.
          scorer = none, order = softmax | order: The order softmax draws by a score, and chance ranks: name a scorer, upsample.scorer, or set upsample.order = top.
          mode = persource | mode: "persource" is none of: per-source, global, domain-weighted, unimax, temperature, table, cut, none. Did you mean per-source?
          """)
  void whatDoesNotGoTogetherIsToldWithItsNumbers(String upsample, String problem) {
    assertThat(problems(upsample))
        .anySatisfy(told -> assertThat(told).endsWith("longspan.upsample." + problem));
  }

  @Test
  void whatGoesTogetherIsTaken() {
    assertThat(load("mode = table, table { \"web.de\" { 0-9 = 0.5 }, b { 10- = 0.5 } }").table())
        .isEqualTo(Map.of("web.de", Map.of("0-9", 0.5), "b", Map.of("10-", 0.5)));
    assertThat(load("max-epochs = 20, force-epochs = true").maxEpochs()).isEqualTo(20);
    assertThat(load("long-share = natural").longShare()).isEqualTo(UpsampleConfiguration.NATURAL);
    assertThat(load("mode = domain-weighted, raised.domains = [code, arxiv]").raised().domains())
        .containsExactly("code", "arxiv");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"web.de": 0.7, "book": 0.3}
          domain,weight;web.de,0.7;book,0.3
          "web.de", 0.7;book,0.3;
          """)
  void weightsComeFromAFile(String content) throws IOException {
    assertThat(load(fileOf(content)).domainWeights())
        .containsExactlyInAnyOrderEntriesOf(Map.of("web.de", 0.7, "book", 0.3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"web": 0.7, "book": 0.2} | The shares sum to 0.900000, not to 1
          {"web": "much"} | The weight of web in
          {"web": 0.7 | begins as JSON and is none
          web,0.7;book | should be a domain, a comma and a number, but is: book
          web,0.7;web,0.3 | has a domain again: web,0.3
          domain,weight | has no weight
          """)
  void badFilesOfWeightsAreTold(String content, String words) throws IOException {
    assertThat(problems(fileOf(content)))
        .singleElement()
        .asString()
        .contains("weights-file")
        .contains(words);
  }

  @Test
  void aMissingFileOfWeightsIsTold() {
    assertThat(problems("mode = domain-weighted, weights-file = nowhere.json"))
        .singleElement()
        .asString()
        .contains("The file nowhere.json can't be read: give a file of JSON");
  }

  private String fileOf(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("weights"), content.replace(';', '\n'));
    return "mode = domain-weighted, weights-file = \"" + file + "\"";
  }

  private static UpsampleConfiguration load(String upsample) {
    return Configurations.load(
            ConfigFactory.parseString(
                "longspan { input.sources = [{ paths = [a] }], output = out, upsample { "
                    + upsample
                    + " } }"))
        .upsample();
  }

  private static List<String> problems(String upsample) {
    ConfigurationException thrown =
        catchThrowableOfType(ConfigurationException.class, () -> load(upsample));
    assertThat(thrown).as(upsample).isNotNull();
    return thrown.problems().stream().map(Problem::toString).toList();
  }
}
