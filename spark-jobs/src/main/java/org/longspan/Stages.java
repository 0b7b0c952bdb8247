package org.longspan;

import java.util.List;
import java.util.Locale;
import org.longspan.conf.PackConfiguration;
import org.longspan.conf.RelateConfiguration;
import org.longspan.conf.RunConfiguration;
import org.longspan.conf.ScoreConfiguration;
import org.longspan.conf.SourceConfiguration;
import org.longspan.conf.UpsampleConfiguration;
import org.longspan.ingest.ColumnNames;
import org.longspan.ingest.SourceSpec;
import org.longspan.scoring.ProLongSettings;
import org.longspan.stage.ExportStage;
import org.longspan.stage.IngestStage;
import org.longspan.stage.PackStage;
import org.longspan.stage.RelateStage;
import org.longspan.stage.ScoreStage;
import org.longspan.stage.Stage;
import org.longspan.stage.TokenizeStage;
import org.longspan.stage.UpsampleStage;

/** From a configuration to the stages of a run in their order: the only place that knows both. */
final class Stages {
  private Stages() {}

  static List<Stage> of(RunConfiguration run) {
    TrainerTokens trainer = TrainerTokens.of(run.tokenizer(), run.pack().separator());
    return List.of(
        new IngestStage(
            run.input().sources().stream().map(Stages::source).toList(),
            run.input().maxBadRows(),
            run.input().maxDocumentBytes()),
        new TokenizeStage(run.tokenizer()),
        score(run),
        upsample(run),
        relate(run.relate()),
        pack(run.pack(), trainer, run.relate().sliceDocuments()),
        new ExportStage(run.export().formats(), trainer.vocabularySize()));
  }

  private static Stage score(RunConfiguration run) {
    ScoreConfiguration score = run.score();
    ScoreConfiguration.ProLongConfiguration prolong = score.prolong();
    return new ScoreStage(
        score.scorers(),
        new ProLongSettings(
            prolong.segment(),
            prolong.window(),
            prolong.pairs(),
            prolong.sampling(),
            prolong.unmeasured(),
            prolong.mode(),
            prolong.threshold(),
            prolong.specificity(),
            prolong.temperature(),
            prolong.aggregate()),
        run.model().path(),
        run.model().batchTokens(),
        run.model().device(),
        score.minTokens(),
        score.shardTokens(),
        run.tokenizer());
  }

  private static Stage upsample(RunConfiguration run) {
    UpsampleConfiguration upsample = run.upsample();
    return new UpsampleStage(
        upsample.mode(),
        upsample.longFrom(),
        upsample.longShare(),
        upsample.tokens(),
        upsample.maxEpochs(),
        upsample.infeasible(),
        run.score().scorers().get(0));
  }

  private static Stage relate(RelateConfiguration relate) {
    return new RelateStage(
        relate.retriever(), relate.neighbours(), relate.queryTerms(), relate.sliceDocuments());
  }

  private static Stage pack(PackConfiguration pack, TrainerTokens trainer, int sliceDocuments) {
    return new PackStage(
        pack.packer(),
        pack.sequenceLength(),
        pack.branching(),
        pack.order(),
        trainer.separator(),
        trainer.pad(),
        sliceDocuments);
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
