package org.longspan.stage;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.longspan.action.ScoreAction;
import org.longspan.action.ScoreResult;
import org.longspan.conf.ConfigurationException;
import org.longspan.conf.Problem;
import org.longspan.model.ModelException;
import org.longspan.model.TorchScript;
import org.longspan.run.Balance;
import org.longspan.score.Status;
import org.longspan.scoring.ProLongSettings;
import org.longspan.scoring.Scoring;
import org.longspan.scoring.ScoringModel;
import org.longspan.scoring.ScoringSettings;
import org.longspan.tokenizer.TokenizerFiles;

/**
 * Measures how much each document depends on its own far past: {@code documents} and {@code tokens}
 * to {@code scores}.
 *
 * <p>Figures: {@code documents.scored}, {@code documents.too-short}, {@code documents.failed} (over
 * all scorers), {@code measured-tokens}, {@code tokens-per-second}, {@code shards}, {@code
 * shards.reused}.
 */
public final class ScoreStage implements Stage {
  private final List<String> scorers;
  private final ProLongSettings prolong;
  private final int minTokens;
  private final String model;
  private final TorchScript torchScript;
  private final int batchTokens;
  private final String device;
  private final long shardTokens;
  private final String tokenizer;

  /**
   * @param scorers names, see {@link Scoring#known}
   * @param prolong ProLong's settings
   * @param model {@code builtin:starter} or a Hugging Face directory that all executors reach
   * @param torchScript whether a model of an unknown architecture may run its own TorchScript file
   * @param batchTokens tokens of one forward pass, over all its rows
   * @param device {@code auto}, {@code cpu} or {@code gpu}
   * @param minTokens documents below this many tokens are too short
   * @param shardTokens about how many measured tokens commit together
   * @param tokenizer the one that made {@code tokens}: where it is the model's too, they are used
   */
  public ScoreStage(
      List<String> scorers,
      ProLongSettings prolong,
      String model,
      TorchScript torchScript,
      int batchTokens,
      String device,
      int minTokens,
      long shardTokens,
      String tokenizer) {
    this.scorers = List.copyOf(scorers);
    this.prolong = prolong;
    this.minTokens = minTokens;
    this.model = model;
    this.torchScript = torchScript;
    this.batchTokens = batchTokens;
    this.device = device;
    this.shardTokens = shardTokens;
    this.tokenizer = tokenizer;
    scoring();
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
    return List.of(Tables.SCORES);
  }

  /**
   * Settings, and the fingerprint of the model's files.
   *
   * @throws ConfigurationException if the model is missing or damaged, its tokenizer does not fit
   *     it, or it has too few positions
   */
  @Override
  public SortedMap<String, String> identity() {
    SortedMap<String, String> identity = new TreeMap<>();
    identity.put("scorers", String.join(",", scorers));
    identity.put("prolong", prolong.toString());
    identity.put("model", fingerprint());
    identity.put("batch-tokens", Integer.toString(batchTokens));
    identity.put("device", device);
    identity.put("min-tokens", Integer.toString(minTokens));
    identity.put("shard-tokens", Long.toString(shardTokens));
    return identity;
  }

  /** The seed decides what is drawn of long documents, and the shards. */
  @Override
  public boolean seeded() {
    return true;
  }

  @Override
  public Balance run(StageContext context) {
    ScoreResult result =
        ScoreAction.on(context.spark(), context.table(Tables.DOCUMENTS))
            .tokens(context.table(Tables.TOKENS), TokenizerFiles.read(tokenizer).fingerprint())
            .scorers(scorers)
            .prolong(prolong)
            .model(model)
            .torchScript(torchScript)
            .batchTokens(batchTokens)
            .device(device)
            .minTokens(minTokens)
            .shardTokens(shardTokens)
            .seed(context.seed())
            .workPath(context.workPath())
            .progress(context.progress())
            .execute();
    context.describe("write the scores", () -> context.write(Tables.SCORES, result.scores()));
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

  private Scoring scoring() {
    return Scoring.of(new ScoringSettings(scorers, minTokens, prolong, 0));
  }

  private String fingerprint() {
    try {
      ScoringModel checked = ScoringModel.check(model, torchScript);
      checked.requirePositions(scoring().rowTokens());
      return checked.fingerprint();
    } catch (ModelException | IllegalArgumentException e) {
      throw new ConfigurationException(
          List.of(new Problem("configuration", "longspan.model.path", e.getMessage())));
    }
  }
}
