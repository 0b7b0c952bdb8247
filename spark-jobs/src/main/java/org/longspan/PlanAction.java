package org.longspan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.spark.sql.SparkSession;
import org.longspan.action.SampleAction;
import org.longspan.action.SampledTables;
import org.longspan.action.ScoreCostAction;
import org.longspan.conf.PhaseConfiguration;
import org.longspan.conf.RunConfiguration;
import org.longspan.conf.UpsampleConfiguration;
import org.longspan.length.LengthBorders;
import org.longspan.mix.Supplies;
import org.longspan.plan.CorpusSample;
import org.longspan.plan.PackForecast;
import org.longspan.plan.PhaseForecast;
import org.longspan.plan.RunForecast;
import org.longspan.plan.RunForecast.StageForecast;
import org.longspan.plan.ScoreForecast;
import org.longspan.plan.UpsampleForecast;
import org.longspan.run.Manifest;
import org.longspan.run.RunDirectory;
import org.longspan.run.RunIdentity;
import org.longspan.run.RunWriter;
import org.longspan.stage.Phase;
import org.longspan.stage.RunPlan;
import org.longspan.stage.StageRange;
import org.longspan.stage.UpsampleSettings;
import org.longspan.tokenizer.TokenizerFiles;

/**
 * What a run would do and cost, without doing it. The run directory is looked at and nothing in it
 * is touched or locked; a sample of the input is read into the executors' storage, and given back.
 */
public final class PlanAction {
  /** Bytes of text that are read unless {@link #sample} says otherwise: 16 MiB. */
  public static final long DEFAULT_SAMPLE_BYTES = 16L << 20;

  private final SparkSession spark;
  private final RunConfiguration configuration;
  private StageRange range = StageRange.all();
  private long sampleBytes = DEFAULT_SAMPLE_BYTES;
  private Consumer<String> terminal = line -> {};

  PlanAction(SparkSession spark, RunConfiguration configuration) {
    this.spark = spark;
    this.configuration = configuration;
  }

  /** As {@link RunAction#from}. */
  public PlanAction from(String stage) {
    this.range = range.from(stage);
    return this;
  }

  /** As {@link RunAction#to}. */
  public PlanAction to(String stage) {
    this.range = range.to(stage);
    return this;
  }

  /** Bytes of text to read, about: the same of each source, but of small ones all. At least 1. */
  public PlanAction sample(long bytes) {
    this.sampleBytes = bytes;
    return this;
  }

  /** Who is told what is going on; without this nobody. */
  public PlanAction progress(Consumer<String> lines) {
    this.terminal = lines;
    return this;
  }

  /**
   * Decides about the stages, and where one would run, reads a sample and works out the rest.
   *
   * @throws org.longspan.conf.ConfigurationException where a run would refuse the configuration,
   *     the output directory or the range
   * @throws org.longspan.run.BadInputException where no document could be read
   * @throws org.longspan.stage.StageFailedException where the model can measure no document
   */
  public RunForecast execute() {
    RunDirectory directory =
        RunWriter.peek(
            spark.sparkContext().hadoopConfiguration(),
            configuration.output(),
            RunIdentity.of(configuration));
    Manifest manifest = Manifest.of(configuration);
    RunPlan plan =
        RunPlan.of(
            Stages.of(configuration),
            manifest.code(),
            manifest.seed(),
            range,
            directory::isCommitted);
    Map<String, StageForecast> stages = new LinkedHashMap<>();
    plan.steps().forEach(step -> stages.put(step.name(), forecast(step.decision())));
    if (!stages.containsValue(StageForecast.RUNS)) {
      return RunForecast.nothing(stages);
    }

    terminal.accept("reading a sample of the input");
    TokenizerFiles tokenizer = TokenizerFiles.read(configuration.tokenizer());
    try (SampledTables sample =
        SampleAction.on(spark, Stages.sources(configuration), tokenizer)
            .maxDocumentBytes(configuration.input().maxDocumentBytes())
            .bytes(sampleBytes)
            .seed(configuration.seed())
            .execute(cells(), longFrom())) {
      return forecast(stages, sample, tokenizer);
    }
  }

  private RunForecast forecast(
      Map<String, StageForecast> stages, SampledTables sample, TokenizerFiles tokenizer) {
    List<PhaseForecast> phases = phases(stages, sample.counts());
    List<String> uncounted = new ArrayList<>();
    if (checksEdges(stages)) {
      uncounted.add("relate.check asks the model too, which is not among these core-hours.");
    }

    configuration.phases().stream()
        .skip(phases.size())
        .findFirst()
        .map(phase -> "Nothing would be left for phase " + phase.name() + ": the run would stop.")
        .ifPresent(uncounted::add);
    return new RunForecast(
        stages,
        Optional.of(sample.counts()),
        configuration.input().maxBadRows(),
        runs(stages, "score") ? Optional.of(score(sample, tokenizer)) : Optional.empty(),
        phases,
        uncounted);
  }

  /** The run as each phase sees it; the run itself where it has none. */
  private List<RunConfiguration> trainings() {
    return configuration.phases().isEmpty()
        ? List.of(configuration)
        : configuration.phases().stream().map(configuration::in).toList();
  }

  /** Cells that are fine enough for every phase. */
  private LengthBorders cells() {
    return new LengthBorders(
        trainings().stream()
            .flatMap(run -> Stages.choice(run).cells().borders().stream())
            .distinct()
            .sorted()
            .toList());
  }

  private int longFrom() {
    return trainings().get(0).upsample().longFrom();
  }

  private boolean checksEdges(Map<String, StageForecast> stages) {
    return configuration.phases().isEmpty()
        ? runs(stages, "relate") && configuration.relate().check().isSet()
        : configuration.phases().stream()
            .anyMatch(
                phase ->
                    phase.relate().check().isSet()
                        && runs(stages, new Phase(phase.name()).stage("relate")));
  }

  /** Phase after phase, of what the ones before leave; ends where that is nothing. */
  private List<PhaseForecast> phases(Map<String, StageForecast> stages, CorpusSample corpus) {
    if (configuration.phases().isEmpty()) {
      UpsampleForecast upsample = upsample(configuration, corpus.supplies());
      return List.of(phase("", configuration, upsample, name -> runs(stages, name)));
    }

    List<PhaseForecast> forecasts = new ArrayList<>();
    Supplies left = corpus.supplies();
    for (PhaseConfiguration phase : configuration.phases()) {
      Supplies from = phase.reuse() ? corpus.supplies() : left;
      RunConfiguration run = configuration.in(phase);
      if (from.within(Stages.choice(run).lengths()).total().tokens() == 0) {
        break;
      }

      UpsampleForecast upsample = upsample(run, from);
      left = upsample.left(left);
      Phase named = new Phase(phase.name());
      forecasts.add(phase(phase.name(), run, upsample, name -> runs(stages, named.stage(name))));
    }

    return forecasts;
  }

  private static PhaseForecast phase(
      String name, RunConfiguration run, UpsampleForecast upsample, Predicate<String> runs) {
    return new PhaseForecast(
        name,
        runs.test("upsample") ? Optional.of(upsample) : Optional.empty(),
        runs.test("pack") || runs.test("export")
            ? Optional.of(pack(run, upsample))
            : Optional.empty());
  }

  private ScoreForecast score(SampledTables sample, TokenizerFiles tokenizer) {
    terminal.accept("trying the model on some of its documents");
    return ScoreForecast.of(
        sample.counts(),
        configuration.model().path(),
        ScoreCostAction.on(
                spark,
                sample,
                tokenizer,
                Stages.scoring(configuration).withSeed(configuration.seed()))
            .model(configuration.model().path(), Stages.torchScript(configuration))
            .companion(configuration.model().companion())
            .passes(configuration.model().batchTokens(), configuration.model().device())
            .execute(),
        configuration.score().shardTokens());
  }

  private static UpsampleForecast upsample(RunConfiguration run, Supplies from) {
    UpsampleConfiguration.CutConfiguration cut = run.upsample().cut();
    UpsampleSettings choice = Stages.choice(run);
    return UpsampleForecast.of(
        from.within(choice.lengths()),
        cut.isSet() ? cut.to() - cut.from() : 1,
        choice.mix(),
        choice.tokens(),
        choice.maxEpochs(),
        choice.infeasible());
  }

  private static PackForecast pack(RunConfiguration run, UpsampleForecast upsample) {
    TrainerTokens trainer = TrainerTokens.of(run.tokenizer(), run.pack().separator());
    return PackForecast.of(
        upsample.chosen(cell -> true),
        trainer.separator() >= 0,
        run.pack().sequenceLength(),
        trainer.vocabularySize(),
        run.export().formats());
  }

  private static boolean runs(Map<String, StageForecast> stages, String stage) {
    return stages.get(stage) == StageForecast.RUNS;
  }

  private static StageForecast forecast(RunPlan.Decision decision) {
    return switch (decision) {
      case RUN -> StageForecast.RUNS;
      case REUSE -> StageForecast.REUSED;
      case LATER -> StageForecast.NOT_ASKED_FOR;
    };
  }
}
