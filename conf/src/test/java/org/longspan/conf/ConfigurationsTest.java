package org.longspan.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longspan.conf.PackConfiguration.DatasculptConfiguration;
import org.longspan.conf.PackConfiguration.DecomposeConfiguration;
import org.longspan.conf.PackConfiguration.ExactConfiguration;
import org.longspan.conf.PackConfiguration.GroupsConfiguration;
import org.longspan.conf.PackConfiguration.InContextConfiguration;
import org.longspan.conf.PackConfiguration.InterleavedConfiguration;
import org.longspan.conf.PackConfiguration.NextlongConfiguration;
import org.longspan.conf.PackConfiguration.PMixConfiguration;
import org.longspan.conf.PackConfiguration.RelatednessConfiguration;
import org.longspan.conf.PackConfiguration.SeamlessConfiguration;
import org.longspan.conf.RelateConfiguration.CheckConfiguration;
import org.longspan.conf.RelateConfiguration.DialogueConfiguration;
import org.longspan.conf.ScoreConfiguration.AttentionDistanceConfiguration;
import org.longspan.conf.ScoreConfiguration.CombineConfiguration;
import org.longspan.conf.ScoreConfiguration.ContextDenoisingConfiguration;
import org.longspan.conf.ScoreConfiguration.ContextsConfiguration;
import org.longspan.conf.ScoreConfiguration.DeltaConfiguration;
import org.longspan.conf.ScoreConfiguration.DependencyConfiguration;
import org.longspan.conf.ScoreConfiguration.GateauConfiguration;
import org.longspan.conf.ScoreConfiguration.InternLm2Configuration;
import org.longspan.conf.ScoreConfiguration.LadmConfiguration;
import org.longspan.conf.ScoreConfiguration.LinksConfiguration;
import org.longspan.conf.ScoreConfiguration.LongAttnConfiguration;
import org.longspan.conf.ScoreConfiguration.LongCeConfiguration;
import org.longspan.conf.ScoreConfiguration.LongFilterConfiguration;
import org.longspan.conf.ScoreConfiguration.LongPplConfiguration;
import org.longspan.conf.ScoreConfiguration.LongRecipeConfiguration;
import org.longspan.conf.ScoreConfiguration.LongWanjuanConfiguration;
import org.longspan.conf.ScoreConfiguration.LtfConfiguration;
import org.longspan.conf.ScoreConfiguration.ParallelStructuresConfiguration;
import org.longspan.conf.ScoreConfiguration.ParallelTemplatesConfiguration;
import org.longspan.conf.ScoreConfiguration.ProLongConfiguration;
import org.longspan.conf.ScoreConfiguration.SpectrumConfiguration;
import org.longspan.conf.SourceConfiguration.Clean;
import org.longspan.conf.SourceConfiguration.Columns;
import org.longspan.conf.SourceConfiguration.Format;
import org.longspan.conf.UpsampleConfiguration.CutConfiguration;
import org.longspan.conf.UpsampleConfiguration.LengthConfiguration;
import org.longspan.conf.UpsampleConfiguration.RaisedConfiguration;

class ConfigurationsTest {
  private static final List<Integer> DOUBLING =
      List.of(1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072, 262144, 524288, 1048576);
  private static final String MINIMAL =
      "longspan { input.sources = [{ paths = [a.jsonl] }], output = out }";

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("run.conf");
  }

  @Test
  void everythingHasADefaultExceptSourcesAndOutput() {
    assertThat(load(MINIMAL))
        .isEqualTo(
            new RunConfiguration(
                new InputConfiguration(
                    0,
                    64L << 20,
                    List.of(
                        new SourceConfiguration(
                            List.of("a.jsonl"),
                            Format.AUTO,
                            Clean.NONE,
                            null,
                            new Columns("id", "text", "domain", null, "path", Map.of()),
                            2_000_000))),
                "out",
                11,
                "builtin:starter",
                new ModelConfiguration("builtin:starter", "none", 16384, "auto", false),
                new ScoreConfiguration(
                    List.of("prolong"),
                    256,
                    1_000_000,
                    "none",
                    new LinksConfiguration("none", 16, 512),
                    new ProLongConfiguration(
                        128,
                        32768,
                        500,
                        "uniform",
                        "left-out",
                        "code",
                        0.1,
                        "perplexity",
                        0.1,
                        "sum"),
                    new ContextsConfiguration(0, 8, "tiled", false, 8, 0, 0),
                    new LongFilterConfiguration(0, 0, "all"),
                    new LongPplConfiguration(0, 0, 2, -2),
                    new LongCeConfiguration(0, 0, 5),
                    new SpectrumConfiguration(256, 0.1),
                    new LongWanjuanConfiguration(0, 0, "accuracy"),
                    new InternLm2Configuration(0, "perplexity"),
                    new DeltaConfiguration(20, 0, 16),
                    new LtfConfiguration(20, 0, 16, 0.05, 0.2),
                    new DependencyConfiguration(6, 0, 16, 0.1),
                    new ParallelStructuresConfiguration(1024, 8, 128, 12, 1e-4, 0.1),
                    new ParallelTemplatesConfiguration(1024, 8, 4, 64),
                    new ContextDenoisingConfiguration(0, 0, "l1"),
                    new LongRecipeConfiguration(0.2),
                    new GateauConfiguration(0, "log-ratio", 128, 1),
                    new LadmConfiguration("code", 0, 4, 4, 0, List.of(), List.of()),
                    new LongAttnConfiguration("paper", 0.5),
                    new AttentionDistanceConfiguration(0, 4, 4, 0, List.of()),
                    new CombineConfiguration(Map.of(), DOUBLING, 100)),
                new UpsampleConfiguration(
                    "per-source",
                    32768,
                    0.6,
                    Map.of(),
                    Map.of(),
                    null,
                    new RaisedConfiguration(List.of(), 0.6),
                    3.3,
                    Map.of(),
                    4096,
                    IntStream.rangeClosed(7, 20).mapToObj(bits -> 1 << bits).toList(),
                    0,
                    4,
                    false,
                    null,
                    "top",
                    1,
                    "fail",
                    "whole",
                    new LengthConfiguration(0, Integer.MAX_VALUE),
                    new CutConfiguration(null, 0, 1, Map.of(), DOUBLING, 100)),
                new RelateConfiguration(
                    "bm25",
                    10,
                    48,
                    500_000,
                    "hash",
                    5,
                    List.of("author", "site", "thread"),
                    "walk",
                    "minhash",
                    0.8,
                    new RelateConfiguration.DenseConfiguration("builtin:minilm", 4),
                    new DialogueConfiguration(10, 5),
                    new CheckConfiguration("none", 0, 2, 0.4, "mean", false)),
                new PackConfiguration(
                    "splice",
                    131072,
                    1,
                    "identity",
                    0,
                    "eos",
                    "fragment",
                    new PMixConfiguration(8192, 0.4),
                    new DecomposeConfiguration(256, "power", "longest", "drop"),
                    new InContextConfiguration("paper", 21),
                    new GroupsConfiguration(0, 16, "chance"),
                    new GroupsConfiguration(0, 4, "chance"),
                    new DatasculptConfiguration(0, 64),
                    new NextlongConfiguration(455, 1.5, "head", 3),
                    new InterleavedConfiguration(2, 2),
                    new SeamlessConfiguration(0.3),
                    new RelatednessConfiguration(200, 8, 8192),
                    new ExactConfiguration(0, false)),
                new ScheduleConfiguration(
                    "none",
                    4_194_304,
                    "leave",
                    "in-turn",
                    new ScheduleConfiguration.CurriculumConfiguration("natural", 1, "natural"),
                    "none"),
                new ExportConfiguration(List.of("parquet")),
                List.of()));
  }

  @Test
  void everyKeyReachesItsRecord() {
    RunConfiguration run =
        load(
            """
            longspan {
              input {
                max-bad-rows = 7
                max-document-bytes = 2MiB
                sources = [{
                  paths = ["a", "b"], format = parquet, clean = html, domain = book
                  columns { id = a, text = b, domain = c, repo = d, path = e, meta { url = source_url } }
                  repository-cap = 5000
                }]
              }
              output = "hdfs://host/out", seed = -3, tokenizer = "/models/t"
              model { path = "/models/m", companion = "/models/s", batch-tokens = 512, device = gpu }
              score {
                scorers = [prolong, compressibility, longce], min-tokens = 5, shard-tokens = 6
                token-weights = longce
                links { from = prolong, most = 3, least-distance = 99 }
                prolong {
                  segment = 64, window = 640, pairs = all, sampling = stratified
                  unmeasured = predicted, mode = paper, threshold = 0.25
                  specificity = loss, temperature = 0.5, aggregate = mean
                }
                contexts {
                  window = 512, windows = all, placing = ends, start-token = true, copy-ngram = 5
                  copy-distance = 64, attention-blocks = 16
                }
                longfilter { window = 64, stride = 16, over = eligible }
                longppl { context = 32, step = 8, alpha = 1.5, beta = -1 }
                longce { context = 16, step = 4, gamma = 3 }
                spectrum { shortest = 32, missing = 0.2 }
                longwanjuan { chunk = 256, scored = 64, metric = perplexity }
                internlm2 { segment = 48, difference = loss }
                delta { context = 10, step = 5, every = 1 }
                ltf { context = 12, step = 6, every = 2, below = 0.1, above = 0.3 }
                dependency { context = 4, step = 2, every = 3, share = 0.05 }
                parallel-structures {
                  window = 256, windows = all, batch = 32, segment = 8, rate = 0.01, share = 0.2
                }
                parallel-templates { window = 512, windows = 3, ngram = 5, distance = 16 }
                context-denoising { response = 32, distance = 128, norm = l2 }
                longrecipe.share = 0.3
                gateau { response = 12, mode = published, segment = 16, alpha = 0.75 }
                ladm {
                  mode = paper, span = 16, key-stride = 2, query-stride = 3, first = 8
                  ablations = [no-length, no-deviation], heads = [3, 2/10, "1/1"]
                }
                longattn { mode = code, alpha = 1 }
                attention-distance { span = 8, every = 2, sink = 0, far = 100, heads = [0] }
                combine {
                  weights { prolong = 1, compressibility = -0.5 }, borders = [8, 16], min-group = 3
                }
              }
              upsample {
                mode = domain-weighted, long-from = 9, long-share = 0.5, tokens = 1000
                lengths { 0-8 = 0.25, 9- = 0.75 }, weights { web-de = 1 }, raised.to = 0.5
                domain-temperature = 2, cut-at = 64, borders = [9, 10], length { from = 3, to = 99 }
                max-epochs = 17.5, force-epochs = true, infeasible = shrink, border = cut
                scorer = combined, order = softmax, temperature = 0.5
                cut {
                  scorer = compressibility, from = 0.2, to = 0.8, thresholds { web-de = -0.5 }
                  borders = [], min-group = 7
                }
              }
              relate {
                retriever = none, neighbours = 2, query-terms = 3, slice-documents = 4
                keywords = 9, metadata = [source], file-order = imports
                slice-by = content, near-duplicates = trigrams, duplicate-similarity = 0.5
                dense { embedder = /models/e5, windows = 2 }
                dialogue { common-characters = 40, shortest-utterance = 6 }
                check {
                  method = entropy-long, window = 128, deviations = 1.5, drop = 0.2, over = any
                  loss-drop = true
                }
              }
              pack {
                packer = best-fit, sequence-length = 99, branching = 2, order = shuffle
                long-documents = truncate, p-mix { long-from = 16, chance = 0.25 }
                decompose { shortest = 32, unit = power-and-next, overlong = balanced, tail = pack }
                noise = 0.125, in-context { mode = code, cluster-documents = 5 }
                cluster { least-similarity = 0.25, most-rows = 2, order = central }
                topics { least-similarity = 0.5, most-rows = 3, order = central }
                datasculpt { least-similarity = 0.75, most-rows = 4 }
                nextlong { chunk = 7, safety = 2, placement = random, hops = 1 }
                interleaved { documents = 3, pieces = 4 }, seamless.overlap = 0.2
                relatedness { rows = 0, pairs = 2, characters = 100 }
                exact { tail = 64, weights = true }
                separator = none
              }
              schedule {
                order = sorted, step-tokens = 990, rest = short, phases = together
                curriculum { odds = grow-p2, cycles = 8 }
                loss-weights = documents
              }
              export.formats = [megatron, parquet]
            }
            """);

    assertThat(run)
        .isEqualTo(
            new RunConfiguration(
                new InputConfiguration(
                    7,
                    2 << 20,
                    List.of(
                        new SourceConfiguration(
                            List.of("a", "b"),
                            Format.PARQUET,
                            Clean.HTML,
                            "book",
                            new Columns("a", "b", "c", "d", "e", Map.of("url", "source_url")),
                            5000))),
                "hdfs://host/out",
                -3,
                "/models/t",
                new ModelConfiguration("/models/m", "/models/s", 512, "gpu", false),
                new ScoreConfiguration(
                    List.of("prolong", "compressibility", "longce"),
                    5,
                    6,
                    "longce",
                    new LinksConfiguration("prolong", 3, 99),
                    new ProLongConfiguration(
                        64, 640, 0, "stratified", "predicted", "paper", 0.25, "loss", 0.5, "mean"),
                    new ContextsConfiguration(512, 0, "ends", true, 5, 64, 16),
                    new LongFilterConfiguration(64, 16, "eligible"),
                    new LongPplConfiguration(32, 8, 1.5, -1),
                    new LongCeConfiguration(16, 4, 3),
                    new SpectrumConfiguration(32, 0.2),
                    new LongWanjuanConfiguration(256, 64, "perplexity"),
                    new InternLm2Configuration(48, "loss"),
                    new DeltaConfiguration(10, 5, 1),
                    new LtfConfiguration(12, 6, 2, 0.1, 0.3),
                    new DependencyConfiguration(4, 2, 3, 0.05),
                    new ParallelStructuresConfiguration(256, 0, 32, 8, 0.01, 0.2),
                    new ParallelTemplatesConfiguration(512, 3, 5, 16),
                    new ContextDenoisingConfiguration(32, 128, "l2"),
                    new LongRecipeConfiguration(0.3),
                    new GateauConfiguration(12, "published", 16, 0.75),
                    new LadmConfiguration(
                        "paper",
                        16,
                        2,
                        3,
                        8,
                        List.of("no-length", "no-deviation"),
                        List.of("3", "2/10", "1/1")),
                    new LongAttnConfiguration("code", 1),
                    new AttentionDistanceConfiguration(8, 2, 0, 100, List.of("0")),
                    new CombineConfiguration(
                        Map.of("prolong", 1.0, "compressibility", -0.5), List.of(8, 16), 3)),
                new UpsampleConfiguration(
                    "domain-weighted",
                    9,
                    0.5,
                    Map.of("0-8", 0.25, "9-", 0.75),
                    Map.of("web-de", 1.0),
                    null,
                    new RaisedConfiguration(List.of(), 0.5),
                    2,
                    Map.of(),
                    64,
                    List.of(9, 10),
                    1000,
                    17.5,
                    true,
                    "combined",
                    "softmax",
                    0.5,
                    "shrink",
                    "cut",
                    new LengthConfiguration(3, 99),
                    new CutConfiguration(
                        "compressibility", 0.2, 0.8, Map.of("web-de", -0.5), List.of(), 7)),
                new RelateConfiguration(
                    "none",
                    2,
                    3,
                    4,
                    "content",
                    9,
                    List.of("source"),
                    "imports",
                    "trigrams",
                    0.5,
                    new RelateConfiguration.DenseConfiguration("/models/e5", 2),
                    new DialogueConfiguration(40, 6),
                    new CheckConfiguration("entropy-long", 128, 1.5, 0.2, "any", true)),
                new PackConfiguration(
                    "best-fit",
                    99,
                    2,
                    "shuffle",
                    0.125,
                    "none",
                    "truncate",
                    new PMixConfiguration(16, 0.25),
                    new DecomposeConfiguration(32, "power-and-next", "balanced", "pack"),
                    new InContextConfiguration("code", 5),
                    new GroupsConfiguration(0.25, 2, "central"),
                    new GroupsConfiguration(0.5, 3, "central"),
                    new DatasculptConfiguration(0.75, 4),
                    new NextlongConfiguration(7, 2, "random", 1),
                    new InterleavedConfiguration(3, 4),
                    new SeamlessConfiguration(0.2),
                    new RelatednessConfiguration(0, 2, 100),
                    new ExactConfiguration(64, true)),
                new ScheduleConfiguration(
                    "sorted",
                    990,
                    "short",
                    "together",
                    new ScheduleConfiguration.CurriculumConfiguration("grow-p2", 8, "natural"),
                    "documents"),
                new ExportConfiguration(List.of("megatron", "parquet")),
                List.of()));
  }

  @Test
  void aSourceTakesWhatItDoesNotSayFromTheDefaults() {
    RunConfiguration run =
        load(
            """
            longspan {
              input.defaults { domain = web, columns.text = body }
              input.sources = [{ paths = [a], columns.id = key }, { paths = [b], domain = book }]
              output = out
            }
            """);

    assertThat(run.input().sources())
        .extracting(
            SourceConfiguration::domain,
            source -> source.columns().id(),
            source -> source.columns().text())
        .containsExactly(tuple("web", "key", "body"), tuple("book", "id", "body"));
  }

  @Test
  void allProblemsAreToldAtOnceWithLineAndNearestKey() {
    assertThat(
            problems(
                """
                longspan {
                  input.max-bad-row = 3
                  input.sources = [
                    { paths = [a], colums { id = x } }
                    { domain = web }
                    { paths = [b], columns { textt = x } }
                  ]
                  seed = eleven
                  model { batch-tokens = 0, devise = gpu, allow-torchscript = yes }
                  score.scorers = [prolnog]
                  score.prolong { segment = 100, window = 250 }
                  upsample { long-share = 1, long-from = 0.5, tokens = some }
                  pack { packer = bestfit, sequence-length = 0, query-terms = 3 }
                  export.formats = parquet
                  relate { retriever = none }
                }
                """))
        .containsExactly(
            "run.conf: longspan.output: The run has no output: name its directory, such as output = \"out\".",
            "run.conf:2: longspan.input.max-bad-row: There is no such key. Did you mean longspan.input.max-bad-rows?",
            "run.conf:4: longspan.input.sources[0].colums: There is no such key. Did you mean longspan.input.sources[0].columns?",
            "run.conf:5: longspan.input.sources[1].paths: The source names no files: set its paths, such as paths = [\"corpus/*.jsonl\"].",
            "run.conf:6: longspan.input.sources[2].columns.textt: There is no such key. Did you mean longspan.input.sources[2].columns.text?",
            "run.conf:8: longspan.seed: It should be a whole number, but is \"eleven\".",
            "run.conf:9: longspan.model.devise: There is no such key. Did you mean longspan.model.device?",
            "run.conf:9: longspan.model.batch-tokens: 0 is out of range: it should be at least 1.",
            "run.conf:9: longspan.model.allow-torchscript: It should be true or false, but is \"yes\".",
            "run.conf:10: longspan.score.scorers: \"prolnog\" is none of: longfilter, longppl, longce, spectrum, longwanjuan, internlm2, delta, ltf, dependency, longrecipe, gateau, longfilter-non-copy, longppl-non-copy, longce-non-copy, spectrum-non-copy, longwanjuan-non-copy, internlm2-non-copy, delta-non-copy, ltf-non-copy, dependency-non-copy, longrecipe-non-copy, gateau-non-copy, attention-distance, cohesion, complexity, compressibility, context-denoising, copy-share, gateau-awareness, ladm, longattn, parallel-structures, parallel-templates, prolong. Did you mean prolong?",
            "run.conf:12: longspan.upsample.long-from: It should be a whole number, but is the number 0.5.",
            "run.conf:12: longspan.upsample.long-share: 1 is out of range: it should be above 0 and below 1, or natural.",
            "run.conf:12: longspan.upsample.tokens: It should be a whole number or corpus, but is \"some\".",
            "run.conf:13: longspan.pack.query-terms: There is no such key. Did you mean longspan.relate.query-terms?",
            "run.conf:13: longspan.pack.packer: \"bestfit\" is none of: splice, in-context, knn, cluster, topics, quest, datasculpt, retrieval-groups, nextlong, interleaved, best-fit, seamless, concat, random, random-within-domain, p-mix, decompose. Did you mean best-fit?",
            "run.conf:13: longspan.pack.sequence-length: 0 is out of range: it should be at least 2.",
            "run.conf:14: longspan.export.formats: It should be a list, such as [\"a\", \"b\"], but is \"parquet\".");
  }

  @Test
  void whatIsMissingHasThePlaceOfTheFile() {
    assertThat(problems("longspan {}"))
        .containsExactly(
            "run.conf: longspan.input.sources: There are no documents to read: list one source at least, such as sources = [{ paths = [\"corpus/*.jsonl\"] }].",
            "run.conf: longspan.output: The run has no output: name its directory, such as output = \"out\".");
  }

  @Test
  void phrasesHaveRoomInTheirWindowAndSegmentsHaveHalves() {
    assertThat(
            problems(
                """
                longspan {
                  input.sources = [ { paths = [a] } ]
                  output = out
                  score.scorers = [parallel-structures]
                  score.parallel-structures { window = 128, segment = 11 }
                }
                """))
        .containsExactly(
            "run.conf:5: longspan.score.parallel-structures.segment: A segment of 11 tokens has no halves: make it 12.",
            "run.conf:5: longspan.score.parallel-structures.window: A window of 128 tokens has no room for segments of 11 behind a batch of 128: make it longer, or the batch smaller.");
  }

  @Test
  void unmeasuredPairsAreNotPredictedInVeryLargeWindows() {
    assertThat(
            problems(
                """
                longspan {
                  input.sources = [ { paths = [a] } ]
                  output = out
                  score.prolong.unmeasured = predicted
                  score.prolong.window = 262144
                }
                """))
        .containsExactly(
            "run.conf:4: longspan.score.prolong.unmeasured: Unmeasured pairs are predicted for windows of up to 1024 segments, not 2048: set score.prolong.unmeasured = left-out, or lower score.prolong.window.");
  }

  @Test
  void aStepHasAWholeNumberOfSequencesAndReadsTheRestOfANaturalMixtureAlone() {
    assertThat(
            problems(
                """
                longspan {
                  input.sources = [ { paths = [a] } ]
                  output = out
                  pack.sequence-length = 8192
                  schedule {
                    order = balanced, rest = short, curriculum.mixture = equal
                    step-tokens = 100000
                    curriculum.odds = grow-p3
                  }
                }
                """))
        .containsExactly(
            "run.conf:6: longspan.schedule.rest: The mixture equal leaves sequences out by intent, and rest = short would read them all in one step: set schedule.rest = leave, or schedule.curriculum.mixture = natural.",
            "run.conf:7: longspan.schedule.step-tokens: A step of 100,000 tokens is no whole number of sequences of 8,192: set it to a multiple, such as 98304.",
            "run.conf:8: longspan.schedule.curriculum.odds: \"grow-p3\" is none of: natural, uniform, grow-linear, grow-p2, grow-p100. Did you mean grow-p2?");
  }

  @Test
  void aScheduleThatIsNotMadeIsNotHeldToTheSequences() {
    RunConfiguration run =
        load(
            """
            longspan {
              input.sources = [ { paths = [a] } ]
              output = out
              pack.sequence-length = 1000
            }
            """);

    assertThat(run.schedule().isSet()).isFalse();
    assertThat(run.schedule().stepTokens() % run.pack().sequenceLength()).isNotZero();
  }

  @Test
  void keysThatContradictEachOtherAreTold() {
    assertThat(
            problems(
                """
                include classpath("presets/splice.conf")
                longspan {
                  input.sources = [
                    { paths = [a], format = html }
                  ]
                  output = out
                  score.prolong.segment = 100
                  model.batch-tokens = 64
                  relate.retriever = none
                  pack.branching = 11
                }
                """))
        .containsExactly(
            "run.conf:4: longspan.input.sources[0].domain: Files of format html have no field that names a domain: set the source's domain.",
            "run.conf:7: longspan.score.prolong.segment: A window of 32768 tokens does not hold a whole number of segments of 100 tokens, two at least; the nearest that does is 32800.",
            "run.conf:8: longspan.model.batch-tokens: A batch of 64 tokens can't hold a segment of 100: raise model.batch-tokens or lower score.prolong.segment.",
            "run.conf:9: longspan.relate.retriever: The packer splice lays related documents side by side and finds none: set relate.retriever = bm25, or pack.packer = best-fit.",
            "run.conf:10: longspan.pack.branching: The packer takes 11 neighbours of a document, but only 10 are found: raise relate.neighbours or lower pack.branching.");
  }

  @Test
  void aTailThatNoBucketBeginsIsTold() {
    assertThat(
            problems(
                """
                longspan {
                  input.sources = [{ paths = [a], domain = d }]
                  output = out
                  pack.exact.tail = 1000
                }
                """))
        .containsExactly(
            "run.conf:4: longspan.pack.exact.tail: EXACT counts contexts in buckets that begin with powers of two from 8, unlike 1,000: take one, or 0 for a quarter of a sequence.");
  }

  @Test
  void packersThatCantWorkWithTheirSettingsAreTold() {
    assertThat(
            problems(
                """
                longspan {
                  input.sources = [{ paths = [a], domain = d }]
                  output = out
                  upsample.mode = cut
                  pack { packer = decompose, sequence-length = 10000
                         decompose.shortest = 16384 }
                }
                """))
        .containsExactly(
            "run.conf:5: longspan.pack.sequence-length: The packer decompose cuts documents into powers of two, and 10,000 is none; the nearest are 8,192 and 16,384.",
            "run.conf:5: longspan.pack.packer: The mode cut packs pieces of documents, and decompose lays out whole ones: set pack.packer to one of best-fit, concat, random, random-within-domain.",
            "run.conf:6: longspan.pack.decompose.shortest: The smallest piece has 16,384 tokens and the greatest 10,000: make it no more than pack.sequence-length.");
  }

  @Test
  void scorersThatAreNotComputedCantRankJoinOrCut() {
    assertThat(
            problems(
                """
                longspan {
                  input.sources = [{ paths = [a] }], output = out
                  score.combine.weights { compressibility = 1, prolong = 0 }
                  score.combine.borders = [8, 4]
                  upsample.scorer = longfilter
                  upsample.cut { scorer = compressibility, from = 0.8, to = 0.2 }
                }
                """))
        .containsExactly(
            "run.conf:3: longspan.score.combine.weights.compressibility: compressibility is none of score.scorers, which are prolong: add it there, or give it no weight.",
            "run.conf:3: longspan.score.combine.weights.prolong: A weight of 0 counts for nothing: leave the scorer out.",
            "run.conf:4: longspan.score.combine.borders: Borders should ascend from 1 token on, unlike [8, 4].",
            "run.conf:5: longspan.upsample.scorer: No score of longfilter is computed; this run has prolong, combined. Add it to score.scorers.",
            "run.conf:6: longspan.upsample.cut.from: Nothing lies from quantile 0.8 to 0.2: set from below to.",
            "run.conf:6: longspan.upsample.cut.scorer: No score of compressibility is computed; this run has prolong, combined. Add it to score.scorers.");
  }

  @Test
  void scorersThatCompareModelsNeedACompanionAndSideTablesTheirScorer() {
    assertThat(
            problems(
                """
                longspan {
                  input.sources = [{ paths = [a] }], output = out
                  score.scorers = [gateau, longrecipe-non-copy, longfilter]
                  score.token-weights = longce
                  score.links.from = prolong
                }
                """))
        .containsExactly(
            "run.conf:3: longspan.score.scorers: Two models are compared by gateau, longrecipe-non-copy, but there is one: set model.companion to the directory of a second model with the same tokenizer.",
            "run.conf:4: longspan.score.token-weights: The token weights of longce come from its measurement, which is not made: add longce to score.scorers.",
            "run.conf:5: longspan.score.links.from: The links of prolong come from its measurement, which is not made: add prolong to score.scorers.");
  }

  @Test
  void awarenessThatIsCombinedMustBeMeasuredAndComparesNoModels() {
    String alpha =
        """
        longspan {
          input.sources = [{ paths = [a] }], output = out
          score.scorers = [%s]
          score.gateau.alpha = 0.8
        }
        """;

    assertThat(problems(alpha.formatted("gateau-non-copy") + "longspan.model.companion = second"))
        .containsExactly(
            "run.conf:4: longspan.score.gateau.alpha: GATEAU's guidance has a weight of 0.8, and contextual awareness, which has the rest, is not measured: add gateau-awareness to score.scorers, or set score.gateau.alpha = 1.");
    assertThat(load(alpha.formatted("gateau-awareness")).score().gateau().alpha()).isEqualTo(0.8);
  }

  @Test
  void numbersInsideOfListsAndSectionsAreTold() {
    assertThat(
            problems(
                """
                longspan {
                  input.sources = [{ paths = [a] }], output = out
                  score.combine.weights { prolong = NaN }
                  score.combine.borders = [8, 16.5]
                  upsample.cut.borders = [many]
                }
                """))
        .containsExactly(
            "run.conf:3: longspan.score.combine.weights.prolong: It should be a number, but is \"NaN\".",
            "run.conf:4: longspan.score.combine.borders[1]: It should be a whole number, but is 16.5.",
            "run.conf:5: longspan.upsample.cut.borders[0]: It should be a whole number, but is \"many\".");
  }

  @Test
  void attentionIsReadInSeveralBlocksOrWhole() {
    assertThat(problems(MINIMAL + "\nlongspan.score.contexts.attention-blocks = 1"))
        .singleElement()
        .asString()
        .contains("longspan.score.contexts.attention-blocks: 1 is out of range")
        .endsWith("it should be at least 2, or all.");
    assertThat(load(MINIMAL).score().contexts().attentionBlocks()).isZero();
  }

  @Test
  void theFirstScorerRanksUnlessOthersAreJoined() {
    assertThat(load(MINIMAL).rankingScorer()).isEqualTo("prolong");
    RunConfiguration joined = load(MINIMAL + "\nlongspan.score.combine.weights.prolong = 1");
    assertThat(joined.rankingScorer()).isEqualTo("combined");
    assertThat(joined.cutScorer()).isEqualTo("combined");
  }

  @Test
  void wrongShapesAreTold() {
    assertThat(
            problems(
                """
                longspan {
                  input.sources = [5, { paths = [[]], columns = text }]
                  output = {}
                  score = []
                  seed = null
                  tokenizer = ""
                  export.formats = [parquet, parquet]
                  input.max-document-bytes = 5 potatoes
                }
                """))
        .containsExactly(
            "run.conf:2: longspan.input.sources: It should be a list of sections, [{ ... }], but is the number 5.",
            "run.conf:3: longspan.output: It should be a text, but is a section.",
            "run.conf:4: longspan.score: It should be a section, such as { key = value }, but is a list.",
            "run.conf:5: longspan.seed: It needs a value.",
            "run.conf:6: longspan.tokenizer: It is empty; give it a text or leave it out.",
            "run.conf:7: longspan.export.formats: \"parquet\" is listed twice.",
            "run.conf:8: longspan.input.max-document-bytes: It should be a whole number of bytes, such as 64MiB, but is \"5 potatoes\".");
  }

  @Test
  void keysOutsideOfLongspanAreTheUsersOwnUnlessTheyAreOurs() {
    assertThat(problems("corpus = a\nlongspam { seed = 3 }\nscore { min-tokens = 3 }\n" + MINIMAL))
        .containsExactly(
            "run.conf:2: longspam: There is no such key. Did you mean longspan?",
            "run.conf:3: score: It stands outside of longspan { }; did you mean longspan.score?");
  }

  @Test
  void brokenHoconIsToldWithItsLine() {
    assertThat(problems("longspan {\n  seed = \n}\n}"))
        .singleElement()
        .asString()
        .startsWith("run.conf:3: This is not HOCON: Expecting a value but got wrong token: '}'");
  }

  @Test
  void missingFilesAndFoldersAreTold() {
    assertThatThrownBy(() -> Configurations.load(folder.resolve("none.conf"), List.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageEndingWith("none.conf: There is no such file; give the path of a HOCON file.");
    assertThatThrownBy(() -> Configurations.load(folder, List.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageEndingWith("It is a folder, but a configuration is one file, such as run.conf.");
  }

  @Test
  void includesAreReadAndTheirProblemsHaveTheirOwnPlaces() throws IOException {
    Files.createDirectory(folder.resolve("shared"));
    Files.writeString(
        folder.resolve("shared/model.conf"),
        "longspan.model {\n  batch-tokens = 9000\n  pth = x }");

    assertThat(
            problems(
                "include \"shared/model.conf\"\ninclude classpath(\"presets/prolong-paper.conf\")\n"
                    + MINIMAL))
        .containsExactly(
            "shared/model.conf:3: longspan.model.pth: There is no such key. Did you mean longspan.model.path?");
  }

  @Test
  void everyMissingIncludeIsToldAtItsStatement() throws IOException {
    Files.writeString(folder.resolve("b.conf"), "\ninclude \"c.conf\"");
    Files.writeString(folder.resolve("broken.conf"), "\n\nlongspan {");

    assertThat(
            problems(
                "include \"b.conf\"\ninclude classpath(\"presets/longpro.conf\")\n"
                    + "include \"broken.conf\"\nlongspan.sed = 4\n"
                    + MINIMAL))
        .satisfiesExactly(
            problem -> assertThat(problem).startsWith("b.conf:2: The include \"c.conf\" can't be"),
            problem -> assertThat(problem).startsWith("broken.conf:3: This is not HOCON: "),
            problem ->
                assertThat(problem)
                    .startsWith("run.conf:2: The include \"presets/longpro.conf\" can't be read"),
            problem ->
                assertThat(problem).startsWith("run.conf:4: longspan.sed: There is no such"));
  }

  @Test
  void everySubstitutionWithoutAValueIsTold() {
    assertThat(
            problems(
                """
                home = /data
                longspan {
                  input.sources = [{ paths = [${home}"/a", ${hame}"/b"] }]
                  output = ${OUTPUT_NOBODY_HAS_SET}
                  tokenizer = ${?TOKENIZER_NOBODY_HAS_SET}
                  seed = ${OUTPUT_NOBODY_HAS_SET}
                  sed = 3
                }
                """))
        .satisfiesExactlyInAnyOrder(
            problem ->
                assertThat(problem).startsWith("run.conf:3: The substitution ${hame} has no"),
            problem ->
                assertThat(problem)
                    .startsWith("run.conf:")
                    .contains(": The substitution ${OUTPUT_NOBODY_HAS_SET} has no value"),
            problem ->
                assertThat(problem).startsWith("run.conf:7: longspan.sed: There is no such"));
  }

  @Test
  void substitutionsTakeTheEnvironment() {
    Map.Entry<String, String> variable =
        System.getenv().entrySet().stream()
            .filter(entry -> entry.getKey().matches("[A-Z]+") && !entry.getValue().isBlank())
            .findFirst()
            .orElseThrow();

    RunConfiguration run = load(MINIMAL + "\nlongspan.output = ${" + variable.getKey() + "}");

    assertThat(run.output()).isEqualTo(variable.getValue());
  }

  @Test
  void theCommandLineWins() throws IOException {
    Files.writeString(file, MINIMAL + "\nlongspan.seed = 5");

    RunConfiguration run =
        Configurations.load(
            file,
            List.of(
                "seed=6",
                "seed = 7",
                "output=s3a://bucket/out#1//x",
                "score.prolong.pairs=all",
                "export.formats=[megatron]",
                "input.defaults.columns.path=null",
                "input.sources=[{ paths = [z.jsonl], domain = book }]"));

    assertThat(run.seed()).isEqualTo(7);
    assertThat(run.output()).isEqualTo("s3a://bucket/out#1//x");
    assertThat(run.score().prolong().pairs()).isZero();
    assertThat(run.export().formats()).containsExactly("megatron");
    assertThat(run.input().sources().get(0).domain()).isEqualTo("book");
    assertThat(run.input().sources().get(0).columns().path()).isNull();
  }

  @Test
  void problemsOfTheCommandLineNameTheOption() throws IOException {
    Files.writeString(file, MINIMAL);

    assertThat(
            problems(
                () ->
                    Configurations.load(
                        file,
                        List.of("seed=x", "scor.min-tokens=3", "pack", "model.path=[", "a b.=3"))))
        .satisfiesExactlyInAnyOrder(
            problem ->
                assertThat(problem)
                    .isEqualTo(
                        "--set seed: longspan.seed: It should be a whole number, but is \"x\"."),
            problem ->
                assertThat(problem)
                    .isEqualTo(
                        "--set scor.min-tokens: longspan.scor: There is no such key. Did you mean longspan.score?"),
            problem ->
                assertThat(problem)
                    .isEqualTo("--set pack: It should be key=value, such as seed=7."),
            problem -> assertThat(problem).startsWith("--set model.path: This is not HOCON: "),
            problem -> assertThat(problem).startsWith("--set a b.: This is not HOCON: "));
  }

  @Test
  void programsGiveTheirOwnConfig() {
    RunConfiguration run = Configurations.load(ConfigFactory.parseString(MINIMAL));

    assertThat(run.output()).isEqualTo("out");
    assertThatThrownBy(() -> Configurations.load(ConfigFactory.parseString("longspan.output = 1")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("longspan.input.sources: There are no documents to read");
  }

  @Test
  void theRenderedConfigurationIsSortedJson() {
    String json = Configurations.render(load(MINIMAL));

    assertThat(json).startsWith("{\n    \"longspan\" : {\n        \"export\" : {");
    assertThat(json).contains("\"pairs\" : 500").contains("\"tokens\" : \"corpus\"");
    assertThat(json).doesNotContain("#").doesNotContain("defaults");
  }

  private RunConfiguration load(String hocon) {
    try {
      Files.writeString(file, hocon);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }

    return Configurations.load(file, List.of());
  }

  private List<String> problems(String hocon) {
    return problems(() -> load(hocon));
  }

  private List<String> problems(ThrowingCallable loading) {
    ConfigurationException thrown = catchThrowableOfType(ConfigurationException.class, loading);
    assertThat(thrown).as("problems").isNotNull();
    return thrown.problems().stream()
        .map(problem -> problem.toString().replace(folder + "/", ""))
        .toList();
  }
}
