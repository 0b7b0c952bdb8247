package org.longspan.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the files in the jar promise. */
class ReferenceTest {
  private static final String MINIMAL =
      "longspan { input.sources = [{ paths = [a.jsonl] }], output = out }";

  private final Config reference = ConfigFactory.parseResources("reference.conf");

  @Test
  void theReferenceHasExactlyTheKeysOfTheRecords() {
    List<String> documented = new ArrayList<>();
    leaves("", reference.getObject("longspan"), documented);

    List<String> known =
        Keys.leaves(RunConfiguration.class).stream()
            .filter(key -> !key.startsWith("input.sources."))
            .filter(key -> !key.startsWith("phases."))
            .toList();

    documented.removeAll(List.of("input.sources", "phases"));
    assertThat(documented).containsExactlyInAnyOrderElementsOf(known);
  }

  @Test
  void everyKeyOfTheReferenceHasAComment() {
    List<String> bare = new ArrayList<>();
    uncommented("longspan", reference.getObject("longspan"), bare);

    assertThat(bare).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "apertus",
        "apertus-phases",
        "bootstrap-context",
        "context-denoising",
        "datasculpt",
        "dataset-decomposition",
        "dependency",
        "entropy-long",
        "fu-code-arxiv-book",
        "fu-cut-4k",
        "gateau",
        "glm-4.5",
        "in-context",
        "internlm2",
        "internlm2-32k",
        "ladm",
        "ladm-paper",
        "litelong",
        "llama2-long",
        "longattn",
        "longattn-code",
        "longce",
        "longfilter",
        "longmagpie-p-mix",
        "longppl",
        "longrecipe",
        "longwanjuan",
        "mobilellm-pro",
        "nemotron3-512k",
        "nemotron3-phases",
        "nextlong",
        "olmo3-gzip",
        "olmo3-longmino",
        "parallel-structures",
        "per-source",
        "prolong",
        "prolong-512k",
        "prolong-64k",
        "prolong-paper",
        "prolong-phases",
        "prolong-stratified",
        "quest",
        "qwen2.5-1m",
        "qwen3",
        "seamless",
        "smollm2",
        "smollm3",
        "splice",
        "splice-repository",
        "ultralong-1m",
        "ultralong-2m",
        "ultralong-4m",
        "xgen-small",
        "yulan-mini"
      })
  void everyPresetCanBeRunAndNamesItsPaper(String preset) {
    Config included =
        ConfigFactory.parseString("include required(classpath(\"presets/" + preset + ".conf\"))");

    assertThatCode(
            () ->
                Configurations.load(
                    ConfigFactory.parseString(MINIMAL + ", longspan.model.companion = second")
                        .withFallback(included)))
        .doesNotThrowAnyException();
    assertThat(included.getConfig("longspan").isEmpty()).isFalse();
    assertThat(ReferenceTest.class.getResourceAsStream("/presets/" + preset + ".conf"))
        .asString(StandardCharsets.UTF_8)
        .contains("arXiv 2");
  }

  @Test
  void theQuickstartTakesItsCorpusFolder() {
    RunConfiguration run =
        Configurations.quickstart(Path.of("/some/corpus"), List.of("output=there"));

    assertThat(run.output()).isEqualTo("there");
    assertThat(run.input().sources())
        .extracting(SourceConfiguration::domain)
        .containsExactly("code", "manual", "play", "parliament");
    assertThat(run.input().sources())
        .allSatisfy(source -> assertThat(source.paths().get(0)).startsWith("/some/corpus/"));
  }

  @Property(tries = 200)
  void loadingARenderedConfigurationGivesItBack(@ForAll("runs") RunConfiguration run) {
    String rendered = Configurations.render(run);

    RunConfiguration again = Configurations.load(ConfigFactory.parseString(rendered));

    assertThat(again).isEqualTo(run);
    assertThat(Configurations.render(again)).isEqualTo(rendered);
  }

  @Property(tries = 300)
  void aMisspeltKeyIsToldWithTheRightOne(
      @ForAll("keys") String key, @ForAll("letters") char extra, @ForAll("places") double place) {
    String name = key.substring(key.lastIndexOf('.') + 1);
    int at = (int) (place * name.length());
    String wrong = name.substring(0, at) + extra + name.substring(at);
    String section = key.substring(0, key.length() - name.length());

    assertThatCode(
            () ->
                Configurations.load(
                    ConfigFactory.parseString("longspan." + section + wrong + " = x")
                        .withFallback(ConfigFactory.parseString(MINIMAL))))
        .hasMessageContaining(
            "longspan."
                + section
                + wrong
                + ": There is no such key. Did you mean longspan."
                + key
                + "?");
  }

  @Provide
  Arbitrary<RunConfiguration> runs() {
    Arbitrary<String> texts = Arbitraries.strings().ofMinLength(1).filter(s -> !s.isBlank());
    Arbitrary<Map<String, String>> meta = Arbitraries.maps(texts, texts).ofMaxSize(3);
    Arbitrary<SourceConfiguration> sources =
        Combinators.combine(
                texts.list().uniqueElements().ofMinSize(1).ofMaxSize(3),
                Arbitraries.of(SourceConfiguration.Format.class),
                Arbitraries.of(SourceConfiguration.Clean.class),
                texts,
                meta,
                texts.injectNull(0.5))
            .as(
                (paths, format, clean, domain, kept, repo) ->
                    new SourceConfiguration(
                        paths,
                        format,
                        clean,
                        domain,
                        new SourceConfiguration.Columns(null, "t", domain, repo, null, kept),
                        4000));
    return Combinators.combine(
            sources.list().ofMinSize(1).ofMaxSize(3),
            texts,
            Arbitraries.longs(),
            Arbitraries.of(0, 1, 500),
            Arbitraries.doubles().between(0.01, 0.99),
            Arbitraries.longs().between(0, Long.MAX_VALUE))
        .as(
            (list, text, seed, pairs, share, tokens) -> {
              RelateConfiguration relate = relate(pairs, share);
              PackConfiguration pack =
                  new PackConfiguration(
                      "splice",
                      2,
                      1,
                      "identity",
                      share,
                      "eos",
                      "error",
                      new PackConfiguration.PMixConfiguration(pairs + 1, share),
                      new PackConfiguration.DecomposeConfiguration(
                          2, "power-and-next", "balanced", "pack"),
                      new PackConfiguration.InContextConfiguration("code", pairs + 1),
                      new PackConfiguration.GroupsConfiguration(-share, pairs + 1, "central"),
                      new PackConfiguration.GroupsConfiguration(share, 9, "chance"),
                      new PackConfiguration.DatasculptConfiguration(share, 2),
                      new PackConfiguration.NextlongConfiguration(pairs + 1, 1 + share, "tail", 2),
                      new PackConfiguration.InterleavedConfiguration(1, pairs + 1),
                      new PackConfiguration.SeamlessConfiguration(share / 2),
                      new PackConfiguration.RelatednessConfiguration(pairs, 1, pairs + 1),
                      new PackConfiguration.ExactConfiguration(16, true));
              return new RunConfiguration(
                  new InputConfiguration(1, 1 << 20, list),
                  text,
                  seed,
                  text,
                  new ModelConfiguration(text, text, 999, "cpu", true),
                  score(pairs, share),
                  upsample(pairs, share, tokens),
                  relate,
                  pack,
                  new ScheduleConfiguration(
                      "balanced",
                      2 + 2 * (tokens >> 3),
                      "leave",
                      "together",
                      new ScheduleConfiguration.CurriculumConfiguration(
                          "grow-p100", pairs + 1, "equal"),
                      "documents"),
                  new ExportConfiguration(List.of("parquet", "megatron")),
                  pairs == 1
                      ? List.of()
                      : List.of(
                          new PhaseConfiguration(
                              "64k", true, upsample(0, share / 2, 9), relate, pack),
                          new PhaseConfiguration(
                              "a-b", false, upsample(pairs, share, tokens), relate, pack)));
            });
  }

  private static UpsampleConfiguration upsample(int pairs, double share, long tokens) {
    return new UpsampleConfiguration(
        "table",
        1,
        pairs == 0 ? UpsampleConfiguration.NATURAL : share,
        Map.of("0-99", share, "100-", 1 - share),
        Map.of(),
        null,
        new UpsampleConfiguration.RaisedConfiguration(List.of(), share),
        1 + share,
        Map.of("web.de", Map.of("7-", share), "a", Map.of("0-", 1 - share)),
        pairs + 2,
        List.of(5, 7),
        tokens,
        16 + share,
        true,
        pairs == 0 ? null : "combined",
        "softmax",
        share,
        "fail",
        "cut",
        new UpsampleConfiguration.LengthConfiguration(pairs, Integer.MAX_VALUE),
        new UpsampleConfiguration.CutConfiguration(
            "prolong", share / 2, share, Map.of("web.de", -share), List.of(), 7));
  }

  private static RelateConfiguration relate(int pairs, double share) {
    return new RelateConfiguration(
        "bm25",
        3,
        3,
        3,
        "content",
        pairs + 1,
        List.of("a", "b.c"),
        "imports",
        "keep",
        Math.max(share, 0.01),
        new RelateConfiguration.DenseConfiguration("a/b", pairs + 1),
        new RelateConfiguration.DialogueConfiguration(pairs + 1, pairs + 2),
        new RelateConfiguration.CheckConfiguration(
            "entropy-long", pairs == 1 ? 4 : pairs, share, share, "any", true));
  }

  private static ScoreConfiguration score(int pairs, double share) {
    return new ScoreConfiguration(
        List.of("prolong"),
        0,
        1,
        "none",
        new ScoreConfiguration.LinksConfiguration("prolong", pairs + 1, 7),
        new ScoreConfiguration.ProLongConfiguration(
            8, 64, pairs, "stratified", "left-out", "code", share, "loss", share, "mean"),
        new ScoreConfiguration.ContextsConfiguration(pairs == 0 ? 0 : 99, 3, "ends", true, 4, 0, 9),
        new ScoreConfiguration.LongFilterConfiguration(0, 7, "eligible"),
        new ScoreConfiguration.LongPplConfiguration(9, 0, share, -share),
        new ScoreConfiguration.LongCeConfiguration(0, 9, 1 + share),
        new ScoreConfiguration.SpectrumConfiguration(3, share),
        new ScoreConfiguration.LongWanjuanConfiguration(0, 9, "perplexity"),
        new ScoreConfiguration.InternLm2Configuration(0, "loss"),
        new ScoreConfiguration.DeltaConfiguration(2, 0, 3),
        new ScoreConfiguration.LtfConfiguration(2, 3, 4, share, 1 - share),
        new ScoreConfiguration.DependencyConfiguration(2, 0, 5, share),
        new ScoreConfiguration.ParallelStructuresConfiguration(64, 0, 16, 4, share, share),
        new ScoreConfiguration.ParallelTemplatesConfiguration(32, pairs, 3, 5),
        new ScoreConfiguration.ContextDenoisingConfiguration(0, 7, "l2"),
        new ScoreConfiguration.LongRecipeConfiguration(share),
        new ScoreConfiguration.GateauConfiguration(pairs, "published", 9, share),
        new ScoreConfiguration.LadmConfiguration(
            "paper", pairs, 3, 2, 9, List.of("no-length"), List.of("3", "4/1")),
        new ScoreConfiguration.LongAttnConfiguration("code", share),
        new ScoreConfiguration.AttentionDistanceConfiguration(0, 3, 0, pairs, List.of("7/7")),
        new ScoreConfiguration.CombineConfiguration(Map.of("prolong", share), List.of(9, 10), 5));
  }

  @Provide
  Arbitrary<String> keys() {
    return Arbitraries.of(
        Keys.leaves(RunConfiguration.class).stream()
            .filter(key -> !key.startsWith("input.sources."))
            .filter(key -> !key.startsWith("input.defaults"))
            .filter(key -> !key.startsWith("phases."))
            .toList());
  }

  @Provide
  Arbitrary<Character> letters() {
    return Arbitraries.chars().range('a', 'z');
  }

  @Provide
  Arbitrary<Double> places() {
    return Arbitraries.doubles().between(0, 0.99);
  }

  private static void leaves(String path, ConfigObject section, List<String> into) {
    section.forEach(
        (key, value) -> {
          String full = path.isEmpty() ? key : path + "." + key;
          if (value instanceof ConfigObject object && !object.isEmpty()) {
            leaves(full, object, into);
          } else {
            into.add(full);
          }
        });
  }

  private static void uncommented(String path, ConfigObject section, List<String> bare) {
    section.forEach(
        (key, value) -> {
          if (comment(value).isBlank()) {
            bare.add(path + "." + key);
          }

          if (value instanceof ConfigObject object) {
            uncommented(path + "." + key, object, bare);
          }
        });
  }

  private static String comment(ConfigValue value) {
    return String.join(" ", value.origin().comments());
  }
}
