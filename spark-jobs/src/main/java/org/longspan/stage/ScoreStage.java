package org.longspan.stage;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.longspan.action.CombineAction;
import org.longspan.action.ScoreAction;
import org.longspan.action.ScoreResult;
import org.longspan.conf.ConfigurationException;
import org.longspan.conf.Problem;
import org.longspan.length.LengthBorders;
import org.longspan.model.ModelException;
import org.longspan.model.TorchScript;
import org.longspan.rank.RankMean;
import org.longspan.run.Balance;
import org.longspan.score.Status;
import org.longspan.scoring.Scoring;
import org.longspan.scoring.ScoringModel;
import org.longspan.scoring.ScoringModels;
import org.longspan.scoring.ScoringSettings;
import org.longspan.scoring.SideTable;
import org.longspan.tokenizer.TokenizerFiles;

/**
 * Measures how much each document depends on its own far past: {@code documents} and {@code tokens}
 * to {@code scores}, and where they are wanted the side tables {@code token_weights} and {@code
 * links}.
 *
 * <p>Figures: {@code documents.scored}, {@code documents.too-short}, {@code documents.failed} (over
 * all scorers but the combined one), {@code measured-tokens}, {@code tokens-per-second}, {@code
 * shards}, {@code shards.reused}; for each side table {@code rows.<table>}.
 */
public final class ScoreStage implements Stage {
  private final ScoringSettings settings;
  private final String model;
  private final TorchScript torchScript;
  private final int batchTokens;
  private final String device;
  private final long shardTokens;
  private final String tokenizer;
  private final Combination combination;
  private final String companion;

  /** How scores are joined into one more; see {@link CombineAction}. */
  private record Combination(RankMean weights, LengthBorders borders, long minGroup) {}

  /**
   * @param settings which scores, and how; their seed is that of the run
   * @param model {@code builtin:starter} or a Hugging Face directory that all executors reach
   * @param torchScript whether a model of an unknown architecture may run its own TorchScript file
   * @param batchTokens tokens of one forward pass, over all its rows
   * @param device {@code auto}, {@code cpu} or {@code gpu}
   * @param shardTokens about how many measured tokens commit together
   * @param tokenizer the one that made {@code tokens}: where it is the model's too, they are used
   */
  public ScoreStage(
      ScoringSettings settings,
      String model,
      TorchScript torchScript,
      int batchTokens,
      String device,
      long shardTokens,
      String tokenizer) {
    Scoring.requireKnown(settings.scorers());
    this.settings = settings;
    this.model = model;
    this.torchScript = torchScript;
    this.batchTokens = batchTokens;
    this.device = device;
    this.shardTokens = shardTokens;
    this.tokenizer = tokenizer;
    this.combination = null;
    this.companion = ScoringModels.NO_COMPANION;
  }

  private ScoreStage(ScoreStage stage, Combination combination, String companion) {
    this.settings = stage.settings;
    this.model = stage.model;
    this.torchScript = stage.torchScript;
    this.batchTokens = stage.batchTokens;
    this.device = stage.device;
    this.shardTokens = stage.shardTokens;
    this.tokenizer = stage.tokenizer;
    this.combination = combination;
    this.companion = companion;
  }

  /**
   * The same stage that also joins scores into one more, {@value CombineAction#SCORER}.
   *
   * @param weights by scorer
   * @param borders tokens at which length buckets begin
   * @param minGroup documents below which a group is ranked within a larger one
   */
  public ScoreStage combining(Map<String, Double> weights, List<Integer> borders, long minGroup) {
    return new ScoreStage(
        this,
        new Combination(new RankMean(new TreeMap<>(weights)), new LengthBorders(borders), minGroup),
        companion);
  }

  /**
   * The same stage with a second model, which is read only if a scorer compares two.
   *
   * @param secondModel as for the model, or {@link ScoringModels#NO_COMPANION}
   */
  public ScoreStage comparing(String secondModel) {
    return new ScoreStage(this, combination, secondModel);
  }

  @Override
  public String name() {
    return "score";
  }

  @Override
  public List<String> upstream() {
    return List.of("ingest", "tokenize");
  }

  @Override
  public List<String> tables() {
    return Stream.concat(
            Stream.of(Tables.SCORES), settings.sideTables().wanted().stream().map(SideTable::table))
        .toList();
  }

  /**
   * Settings, and the fingerprints of the models' files.
   *
   * @throws ConfigurationException if a model is missing or damaged, or its tokenizer or the
   *     settings do not fit it
   */
  @Override
  public SortedMap<String, String> identity() {
    SortedMap<String, String> identity = new TreeMap<>();
    identity.put("settings", settings.toString());
    identity.putAll(fingerprints());
    identity.put("batch-tokens", Integer.toString(batchTokens));
    identity.put("device", device);
    identity.put("shard-tokens", Long.toString(shardTokens));
    identity.put("combine", String.valueOf(combination));
    return identity;
  }

  /** The seed decides what is drawn of long documents, and the shards. */
  @Override
  public boolean seeded() {
    return true;
  }

  @Override
  public Balance run(StageContext context) {
    TokenizerFiles trainer = TokenizerFiles.read(tokenizer);
    ScoreResult result =
        ScoreAction.on(context.spark(), context.table(Tables.DOCUMENTS))
            .tokens(context.table(Tables.TOKENS), trainer.fingerprint())
            .settings(settings.withSeed(context.seed()))
            .model(model)
            .companion(companion)
            .torchScript(torchScript)
            .batchTokens(batchTokens)
            .device(device)
            .shardTokens(shardTokens)
            .workPath(context.workPath())
            .progress(context.progress())
            .execute();
    Dataset<Row> scores =
        combination == null
            ? result.scores()
            : result.scores().unionByName(combined(context, result.scores()));
    context.describe("write the scores", () -> context.write(Tables.SCORES, scores));

    writeSideTables(context, result, trainer);

    result.statuses().forEach((status, rows) -> context.figure("documents." + status, rows));
    context.figure("measured-tokens", result.measuredTokens());
    context.figure("tokens-per-second", result.tokensPerSecond());
    context.figure("shards", result.shards());
    context.figure("shards.reused", result.reused());
    context
        .progress()
        .accept(
            String.format(
                Locale.ROOT,
                "%,d scored, %,d too short, %,d failed; %,.0f tokens a second",
                result.statuses().get(Status.SCORED.label()),
                result.statuses().get(Status.TOO_SHORT.label()),
                result.statuses().get(Status.FAILED.label()),
                result.tokensPerSecond()));
    return result.counts();
  }

  private void writeSideTables(StageContext context, ScoreResult result, TokenizerFiles trainer) {
    result
        .sideTables()
        .forEach(
            (table, rows) -> {
              Dataset<Row> written =
                  context.describe(
                      "write the table " + table.table(), () -> context.write(table.table(), rows));
              context.figure("rows." + table.table(), written.count());
            });

    if (!result.sideTables().isEmpty()
        && !ScoringModel.check(model, torchScript)
            .tokenizer()
            .fingerprint()
            .equals(trainer.fingerprint())) {
      context
          .progress()
          .accept(
              "%s speak of the tokens of the model at %s, which are not those of %s: whoever reads them must align them by characters"
                  .formatted(
                      result.sideTables().keySet().stream()
                          .map(SideTable::table)
                          .collect(Collectors.joining(" and ")),
                      model,
                      tokenizer));
    }
  }

  private Dataset<Row> combined(StageContext context, Dataset<Row> scores) {
    return CombineAction.on(
            context.spark(), scores, context.table(Tables.TOKENS), combination.weights().weights())
        .borders(combination.borders())
        .minGroup(combination.minGroup())
        .execute()
        .scores();
  }

  /** Of the models' files; where no scorer asks a model, none is read. */
  private SortedMap<String, String> fingerprints() {
    SortedMap<String, String> fingerprints = new TreeMap<>();
    boolean asks = Scoring.asksModel(settings.scorers());
    ScoringModels models = asks ? models() : requireNoSideTables();
    boolean compares = asks && models.companion() != null;
    fingerprints.put("model", asks ? models.main().fingerprint() : "none");
    fingerprints.put("companion", compares ? models.companion().fingerprint() : "none");
    return fingerprints;
  }

  /** No model: then no scorer fills a side table. */
  private ScoringModels requireNoSideTables() {
    try {
      Scoring.of(settings);
    } catch (IllegalArgumentException e) {
      throw problem("longspan.score.scorers", e);
    }

    return null;
  }

  private ScoringModels models() {
    ScoringModel main;
    ScoringSettings fitted;

    try {
      main = ScoringModel.check(model, torchScript);
      fitted = settings.forModel(main);
      main.requirePositions(Scoring.of(fitted).rowTokens());
    } catch (ModelException | IllegalArgumentException e) {
      throw problem("longspan.model.path", e);
    }

    try {
      return ScoringModels.of(main, companion, torchScript, fitted);
    } catch (ModelException | IllegalArgumentException e) {
      throw problem("longspan.model.companion", e);
    }
  }

  private static ConfigurationException problem(String key, RuntimeException cause) {
    return new ConfigurationException(
        List.of(new Problem("configuration", key, cause.getMessage())));
  }
}
