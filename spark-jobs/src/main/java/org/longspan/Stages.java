package org.longspan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.longspan.action.LongDocuments;
import org.longspan.action.RelatednessSettings;
import org.longspan.action.SliceBy;
import org.longspan.conf.PackConfiguration;
import org.longspan.conf.PhaseConfiguration;
import org.longspan.conf.RelateConfiguration;
import org.longspan.conf.RunConfiguration;
import org.longspan.conf.ScheduleConfiguration;
import org.longspan.conf.ScoreConfiguration;
import org.longspan.conf.SourceConfiguration;
import org.longspan.conf.UpsampleConfiguration;
import org.longspan.ingest.ColumnNames;
import org.longspan.ingest.SourceSpec;
import org.longspan.length.LengthBorders;
import org.longspan.length.LengthBucket;
import org.longspan.mix.Border;
import org.longspan.mix.Infeasible;
import org.longspan.mix.LengthHistogram;
import org.longspan.mix.Lengths;
import org.longspan.mix.LongShare;
import org.longspan.mix.Mix;
import org.longspan.mix.MixParameters;
import org.longspan.mix.Mixes;
import org.longspan.mix.NaturalLengths;
import org.longspan.mix.RankOrder;
import org.longspan.model.TorchScript;
import org.longspan.pack.Cluster;
import org.longspan.pack.DataSculpt;
import org.longspan.pack.DatasetDecomposition;
import org.longspan.pack.Decompose;
import org.longspan.pack.GroupOrder;
import org.longspan.pack.Grouping;
import org.longspan.pack.InContext;
import org.longspan.pack.Interleaved;
import org.longspan.pack.NextLong;
import org.longspan.pack.PMix;
import org.longspan.pack.Pieces;
import org.longspan.pack.Seamless;
import org.longspan.pack.Splice;
import org.longspan.pack.Topics;
import org.longspan.relate.EntropyLong;
import org.longspan.relate.MinHashDuplicates;
import org.longspan.relate.NearDuplicates;
import org.longspan.relate.TrigramJaccard;
import org.longspan.relate.UtteranceOverlap;
import org.longspan.retrieve.Embedding;
import org.longspan.retrieve.Repository;
import org.longspan.retrieve.RetrieverParameters;
import org.longspan.schedule.Batching;
import org.longspan.schedule.Curriculum;
import org.longspan.schedule.LossWeights;
import org.longspan.schedule.PhaseOrder;
import org.longspan.schedule.Rest;
import org.longspan.schedule.ScheduleParameters;
import org.longspan.scoring.AttentionSettings;
import org.longspan.scoring.ContextSettings;
import org.longspan.scoring.GradientSettings;
import org.longspan.scoring.ProLongSettings;
import org.longspan.scoring.ScoringSettings;
import org.longspan.scoring.SideTables;
import org.longspan.stage.EdgeCheck;
import org.longspan.stage.ExportStage;
import org.longspan.stage.IngestStage;
import org.longspan.stage.MeasureStage;
import org.longspan.stage.PackStage;
import org.longspan.stage.Phase;
import org.longspan.stage.PhaseStage;
import org.longspan.stage.RelateStage;
import org.longspan.stage.ScheduleStage;
import org.longspan.stage.ScoreStage;
import org.longspan.stage.Stage;
import org.longspan.stage.Tables;
import org.longspan.stage.TokenizeStage;
import org.longspan.stage.UpsampleSettings;
import org.longspan.stage.UpsampleStage;

/** From a configuration to the stages of a run in their order: the only place that knows both. */
final class Stages {
  private Stages() {}

  static List<Stage> of(RunConfiguration run) {
    List<Stage> stages = new ArrayList<>();
    stages.add(
        new IngestStage(sources(run), run.input().maxBadRows(), run.input().maxDocumentBytes()));
    stages.add(new TokenizeStage(run.tokenizer()));
    stages.add(score(run));
    if (run.phases().isEmpty()) {
      stages.addAll(training(run, List.of()));
    }

    List<Phase> earlier = new ArrayList<>();
    for (PhaseConfiguration phase : run.phases()) {
      List<Phase> used = phase.reuse() ? List.of() : List.copyOf(earlier);
      Phase named = new Phase(phase.name());
      stages.addAll(PhaseStage.of(named, training(run.in(phase), used)));
      earlier.add(named);
    }

    if (run.schedule().isSet()) {
      stages.add(schedule(run.schedule(), earlier));
    }

    return List.copyOf(stages);
  }

  /**
   * What becomes of the scored documents, in one phase or in a run that has none.
   *
   * @param used phases whose documents are left out
   */
  private static List<Stage> training(RunConfiguration run, List<Phase> used) {
    TrainerTokens trainer = TrainerTokens.of(run.tokenizer(), run.pack().separator());
    List<Stage> stages = new ArrayList<>();
    stages.add(upsample(run).after(used));
    stages.add(relate(run));
    stages.add(pack(run, trainer));
    stages.add(new ExportStage(run.export().formats(), trainer.vocabularySize()));
    if (run.pack().isMeasured()) {
      stages.add(measure(run.pack()));
    }

    return stages;
  }

  static List<SourceSpec> sources(RunConfiguration run) {
    return run.input().sources().stream().map(Stages::source).toList();
  }

  /** How documents are scored, but for the seed. */
  static ScoringSettings scoring(RunConfiguration run) {
    ScoreConfiguration score = run.score();
    return new ScoringSettings(
        score.scorers(),
        score.minTokens(),
        prolong(score.prolong()),
        contexts(score),
        gradients(score),
        0,
        sideTables(score));
  }

  static TorchScript torchScript(RunConfiguration run) {
    return run.model().allowTorchscript() ? TorchScript.ALLOWED : TorchScript.REFUSED;
  }

  private static Stage score(RunConfiguration run) {
    ScoreConfiguration.CombineConfiguration combine = run.score().combine();
    ScoreStage scores = scores(run);
    return combine.isSet()
        ? scores.combining(combine.weights(), combine.borders(), combine.minGroup())
        : scores;
  }

  private static ScoreStage scores(RunConfiguration run) {
    ScoreConfiguration score = run.score();
    return new ScoreStage(
            scoring(run),
            run.model().path(),
            torchScript(run),
            run.model().batchTokens(),
            run.model().device(),
            score.shardTokens(),
            run.tokenizer())
        .comparing(run.model().companion());
  }

  private static SideTables sideTables(ScoreConfiguration score) {
    ScoreConfiguration.LinksConfiguration links = score.links();
    return new SideTables(
        score.tokenWeights(),
        new SideTables.LinkSettings(links.from(), links.most(), links.leastDistance()));
  }

  private static ProLongSettings prolong(ScoreConfiguration.ProLongConfiguration prolong) {
    return new ProLongSettings(
        prolong.segment(),
        prolong.window(),
        prolong.pairs(),
        prolong.sampling(),
        prolong.unmeasured(),
        prolong.mode(),
        prolong.threshold(),
        prolong.specificity(),
        prolong.temperature(),
        prolong.aggregate());
  }

  private static GradientSettings gradients(ScoreConfiguration score) {
    ScoreConfiguration.ParallelStructuresConfiguration structures = score.parallelStructures();
    ScoreConfiguration.ParallelTemplatesConfiguration templates = score.parallelTemplates();
    ScoreConfiguration.ContextDenoisingConfiguration denoising = score.contextDenoising();
    return new GradientSettings(
        new GradientSettings.StructureSettings(
            structures.window(),
            structures.windows(),
            structures.batch(),
            structures.segment(),
            structures.rate(),
            structures.share()),
        new GradientSettings.TemplateSettings(
            templates.window(), templates.windows(), templates.ngram(), templates.distance()),
        new GradientSettings.DenoisingSettings(
            denoising.response(), denoising.distance(), denoising.norm()));
  }

  private static ContextSettings contexts(ScoreConfiguration score) {
    ScoreConfiguration.ContextsConfiguration contexts = score.contexts();
    return new ContextSettings(
        new ContextSettings.Windows(
            contexts.window(), contexts.windows(), contexts.startToken(), contexts.placing()),
        new ContextSettings.Copies(contexts.copyNgram(), contexts.copyDistance()),
        methods(score),
        attention(score));
  }

  private static AttentionSettings attention(ScoreConfiguration score) {
    ScoreConfiguration.LadmConfiguration ladm = score.ladm();
    ScoreConfiguration.AttentionDistanceConfiguration distance = score.attentionDistance();
    return new AttentionSettings(
        new AttentionSettings.LadmSettings(
            ladm.mode(),
            ladm.span(),
            ladm.keyStride(),
            ladm.queryStride(),
            ladm.first(),
            ladm.ablations(),
            ladm.heads()),
        new AttentionSettings.LongAttnSettings(score.longattn().mode(), score.longattn().alpha()),
        new AttentionSettings.DistanceSettings(
            distance.span(), distance.every(), distance.sink(), distance.far(), distance.heads()),
        score.contexts().attentionBlocks());
  }

  private static ContextSettings.Methods methods(ScoreConfiguration score) {
    return new ContextSettings.Methods(
        new ContextSettings.LongFilterSettings(
            score.longfilter().window(), score.longfilter().stride(), score.longfilter().over()),
        new ContextSettings.LongPplSettings(
            score.longppl().context(),
            score.longppl().step(),
            score.longppl().alpha(),
            score.longppl().beta()),
        new ContextSettings.LongCeSettings(
            score.longce().context(), score.longce().step(), score.longce().gamma()),
        new ContextSettings.SpectrumSettings(
            score.spectrum().shortest(), score.spectrum().missing()),
        new ContextSettings.LongWanjuanSettings(
            score.longwanjuan().chunk(),
            score.longwanjuan().scored(),
            score.longwanjuan().metric()),
        new ContextSettings.InternLm2Settings(
            score.internlm2().segment(), score.internlm2().difference()),
        new ContextSettings.DeltaSettings(
            score.delta().context(), score.delta().step(), score.delta().every()),
        new ContextSettings.LtfSettings(
            score.ltf().context(),
            score.ltf().step(),
            score.ltf().every(),
            score.ltf().below(),
            score.ltf().above()),
        new ContextSettings.DependencySettings(
            score.dependency().context(),
            score.dependency().step(),
            score.dependency().every(),
            score.dependency().share()),
        new ContextSettings.LongRecipeSettings(score.longrecipe().share()),
        new ContextSettings.GateauSettings(
            score.gateau().response(),
            score.gateau().mode(),
            score.gateau().segment(),
            score.gateau().alpha()));
  }

  private static UpsampleStage upsample(RunConfiguration run) {
    UpsampleConfiguration.CutConfiguration cut = run.upsample().cut();
    UpsampleStage stage = new UpsampleStage(choice(run));
    return cut.isSet()
        ? stage.cutting(
            run.cutScorer(), cut.from(), cut.to(), cut.thresholds(), cut.borders(), cut.minGroup())
        : stage;
  }

  /** How documents are chosen. */
  static UpsampleSettings choice(RunConfiguration run) {
    UpsampleConfiguration upsample = run.upsample();
    LengthBucket kept = new LengthBucket(upsample.length().from(), upsample.length().to());
    return new UpsampleSettings(
        mix(upsample),
        new LengthBorders(upsample.borders()).and(List.of(kept)),
        upsample.longFrom(),
        upsample.tokens(),
        upsample.maxEpochs(),
        Infeasible.parse(upsample.infeasible()),
        Border.parse(upsample.border()),
        kept,
        run.rankingScorer(),
        RankOrder.named(upsample.order(), upsample.temperature()));
  }

  private static Mix mix(UpsampleConfiguration upsample) {
    SortedMap<String, SortedMap<LengthBucket, Double>> table = new TreeMap<>();
    upsample.table().forEach((domain, shares) -> table.put(domain, ranges(shares)));
    return Mixes.named(
        upsample.mode(),
        new MixParameters(
            lengths(upsample),
            upsample.domainWeights(),
            new TreeSet<>(upsample.raised().domains()),
            upsample.raised().to(),
            upsample.domainTemperature(),
            upsample.maxEpochs(),
            table));
  }

  private static Lengths lengths(UpsampleConfiguration upsample) {
    if (!upsample.lengths().isEmpty()) {
      return new LengthHistogram(ranges(upsample.lengths()));
    }

    return upsample.longShare() == UpsampleConfiguration.NATURAL
        ? new NaturalLengths()
        : new LongShare(upsample.longFrom(), upsample.longShare());
  }

  private static SortedMap<LengthBucket, Double> ranges(Map<String, Double> shares) {
    SortedMap<LengthBucket, Double> ranges = new TreeMap<>();
    shares.forEach((label, share) -> ranges.put(LengthBucket.parse(label), share));
    return ranges;
  }

  private static Stage relate(RunConfiguration run) {
    RelateConfiguration relate = run.relate();
    RelateStage stage =
        new RelateStage(
            relate.retriever(),
            new RetrieverParameters(
                relate.neighbours(),
                relate.queryTerms(),
                relate.metadata(),
                named(Repository.Order.class, relate.fileOrder()),
                relate.keywords(),
                new Embedding(
                    relate.dense().embedder(), torchScript(run), relate.dense().windows()),
                new UtteranceOverlap(
                    relate.dialogue().commonCharacters(), relate.dialogue().shortestUtterance()),
                nearDuplicates(relate),
                run.seed()),
            relate.sliceDocuments(),
            named(SliceBy.class, relate.sliceBy()));
    return relate.check().isSet() ? stage.checking(check(run)) : stage;
  }

  private static Optional<NearDuplicates> nearDuplicates(RelateConfiguration relate) {
    return switch (relate.nearDuplicates()) {
      case "minhash" -> Optional.of(MinHashDuplicates.from(relate.duplicateSimilarity()));
      case "trigrams" -> Optional.of(TrigramJaccard.PUBLISHED);
      default -> Optional.empty();
    };
  }

  private static EdgeCheck check(RunConfiguration run) {
    RelateConfiguration.CheckConfiguration check = run.relate().check();
    return new EdgeCheck(
        new EntropyLong(
            check.deviations(),
            check.drop(),
            EntropyLong.Over.valueOf(check.over().toUpperCase(Locale.ROOT)),
            check.lossDrop()),
        check.window(),
        run.model().path(),
        torchScript(run),
        run.model().batchTokens(),
        run.model().device(),
        run.tokenizer());
  }

  private static Stage pack(RunConfiguration run, TrainerTokens trainer) {
    PackConfiguration pack = run.pack();
    return new PackStage(
        pack.packer(),
        pack.sequenceLength(),
        options(run),
        LongDocuments.parse(pack.longDocuments()),
        trainer.separator(),
        trainer.pad(),
        run.relate().sliceDocuments(),
        named(SliceBy.class, run.relate().sliceBy()));
  }

  private static Stage measure(PackConfiguration pack) {
    PackConfiguration.RelatednessConfiguration relatedness = pack.relatedness();
    MeasureStage stage =
        new MeasureStage(
            new RelatednessSettings(
                relatedness.rows(), relatedness.pairs(), relatedness.characters()),
            pack.exactTail());
    return pack.exact().weights() ? stage.weighing() : stage;
  }

  /** What the packers can be told; each takes its own. */
  private static List<Record> options(RunConfiguration run) {
    PackConfiguration pack = run.pack();
    PackConfiguration.DecomposeConfiguration decompose = pack.decompose();
    return List.of(
        new Splice.Options(pack.branching(), named(Splice.Order.class, pack.order()), pack.noise()),
        run.upsample().mode().equals("cut") ? new Pieces(run.upsample().cutAt()) : Pieces.WHOLE,
        new PMix.Options(pack.pMix().longFrom(), pack.pMix().chance()),
        new Decompose.Options(
            named(DatasetDecomposition.Unit.class, decompose.unit()),
            decompose.shortest(),
            named(DatasetDecomposition.Overlong.class, decompose.overlong()),
            named(Decompose.Tail.class, decompose.tail())),
        new InContext.Options(
            named(InContext.Mode.class, pack.inContext().mode()),
            pack.inContext().clusterDocuments()),
        new Cluster.Options(
            grouping(pack.cluster()), named(GroupOrder.class, pack.cluster().order())),
        new Topics.Options(grouping(pack.topics()), named(GroupOrder.class, pack.topics().order())),
        new DataSculpt.Options(
            new Grouping(pack.datasculpt().leastSimilarity(), pack.datasculpt().mostRows())),
        new NextLong.Options(
            pack.nextlong().chunk(),
            pack.nextlong().safety(),
            named(NextLong.Placement.class, pack.nextlong().placement()),
            pack.nextlong().hops()),
        new Interleaved.Options(pack.interleaved().documents(), pack.interleaved().pieces()),
        new Seamless.Options(pack.seamless().overlap()));
  }

  private static Grouping grouping(PackConfiguration.GroupsConfiguration groups) {
    return new Grouping(groups.leastSimilarity(), groups.mostRows());
  }

  /** The constant that a configuration writes in small letters and with hyphens. */
  private static <E extends Enum<E>> E named(Class<E> type, String word) {
    return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /**
   * @param phases of the run, in order; none: the run is one
   */
  private static Stage schedule(ScheduleConfiguration schedule, List<Phase> phases) {
    ScheduleConfiguration.CurriculumConfiguration curriculum = schedule.curriculum();
    return new ScheduleStage(
        phases.isEmpty()
            ? List.of(new ScheduleStage.Source(null, Tables.SEQUENCES, "pack"))
            : phases.stream()
                .map(
                    phase ->
                        new ScheduleStage.Source(
                            phase.name(), phase.table(Tables.SEQUENCES), phase.stage("pack")))
                .toList(),
        new ScheduleParameters(
            Batching.parse(schedule.order()),
            schedule.stepTokens(),
            Rest.parse(schedule.rest()),
            PhaseOrder.parse(schedule.phases()),
            new Curriculum(
                Curriculum.Odds.parse(curriculum.odds()),
                curriculum.cycles(),
                Curriculum.Mixture.parse(curriculum.mixture()))),
        LossWeights.parse(schedule.lossWeights()));
  }

  private static SourceSpec source(SourceConfiguration source) {
    SourceConfiguration.Columns columns = source.columns();
    return new SourceSpec(
        source.paths(),
        source.format().name().toLowerCase(Locale.ROOT),
        source.clean().name().toLowerCase(Locale.ROOT),
        source.domain(),
        new ColumnNames(
            columns.id(),
            columns.text(),
            columns.domain(),
            columns.repo(),
            columns.path(),
            columns.meta()),
        source.repositoryCap());
  }
}
