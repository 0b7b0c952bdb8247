package org.longspan.stage;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.longspan.action.Infeasible;
import org.longspan.action.QuantileCutAction;
import org.longspan.action.QuantileCutResult;
import org.longspan.action.SelectionCounts;
import org.longspan.action.UpsampleAction;
import org.longspan.action.UpsampleResult;
import org.longspan.mix.EveryDocumentOnce;
import org.longspan.mix.Mix;
import org.longspan.mix.PerSource;
import org.longspan.rank.LengthBorders;
import org.longspan.rank.QuantileCut;
import org.longspan.run.Balance;

/**
 * Chooses the documents to train on: {@code tokens} and {@code scores} to {@code selection}.
 *
 * <p>Figures: those of {@link SelectionCounts#figures}, and with a cut those of {@link
 * QuantileCutResult#figures}.
 */
public final class UpsampleStage implements Stage {
  private static final String CHANCE = "none";

  private final Mix mix;
  private final Infeasible infeasible;
  private final String scorer;
  private final Cut cut;
  private final SortedMap<String, String> identity;

  /** What is left out before any choice; see {@link QuantileCutAction}. */
  private record Cut(
      String scorer,
      QuantileCut quantiles,
      SortedMap<String, Double> thresholds,
      LengthBorders borders,
      long minGroup) {}

  /**
   * @param mode {@code per-source} ({@link PerSource}) or {@code none} (every document once)
   * @param longFrom tokens from which a document is long
   * @param longShare share of tokens, in every domain, that long documents are to have
   * @param tokens tokens to choose in all; 0: as many as the corpus has
   * @param maxEpochs the highest rate of a cell
   * @param infeasible {@code fail} or {@code shrink}
   * @param scorer the scorer that ranks the documents of a cell; {@code none}: chance
   */
  public UpsampleStage(
      String mode,
      int longFrom,
      double longShare,
      long tokens,
      double maxEpochs,
      String infeasible,
      String scorer) {
    this.mix =
        switch (mode) {
          case "per-source" -> new PerSource(longFrom, longShare, tokens, maxEpochs);
          case "none" -> new EveryDocumentOnce(longFrom);
          default ->
              throw new IllegalArgumentException(
                  "upsample.mode must be per-source or none, not \"" + mode + "\".");
        };
    this.infeasible = Infeasible.parse(infeasible);
    this.scorer = scorer;
    this.cut = null;
    this.identity =
        Collections.unmodifiableSortedMap(
            new TreeMap<>(
                Map.of(
                    "mode", mode,
                    "long-from", Integer.toString(longFrom),
                    "long-share", Double.toString(longShare),
                    "tokens", Long.toString(tokens),
                    "max-epochs", Double.toString(maxEpochs),
                    "infeasible", infeasible,
                    "scorer", scorer)));
  }

  private UpsampleStage(UpsampleStage stage, Cut cut) {
    this.mix = stage.mix;
    this.infeasible = stage.infeasible;
    this.scorer = stage.scorer;
    this.cut = cut;
    TreeMap<String, String> all = new TreeMap<>(stage.identity);
    all.put("cut", cut.toString());
    this.identity = Collections.unmodifiableSortedMap(all);
  }

  /**
   * The same stage that first leaves out the ends of a score among like documents.
   *
   * @param cutScorer whose scores are cut
   * @param from the lowest rank that is kept, in [0, 1)
   * @param to the highest rank that is kept, above {@code from} and at most 1
   * @param thresholds the lowest score that is kept, by domain, in place of ranks
   * @param borders tokens at which length buckets begin
   * @param minGroup documents below which a group is cut as part of a larger one
   */
  public UpsampleStage cutting(
      String cutScorer,
      double from,
      double to,
      Map<String, Double> thresholds,
      List<Integer> borders,
      long minGroup) {
    return new UpsampleStage(
        this,
        new Cut(
            cutScorer,
            new QuantileCut(from, to),
            new TreeMap<>(thresholds),
            new LengthBorders(borders),
            minGroup));
  }

  /** What sets the rates. */
  public Mix mix() {
    return mix;
  }

  @Override
  public String name() {
    return "upsample";
  }

  @Override
  public List<String> upstream() {
    return List.of("tokenize", "score");
  }

  @Override
  public List<String> tables() {
    return List.of(Tables.SELECTION);
  }

  @Override
  public SortedMap<String, String> identity() {
    return identity;
  }

  @Override
  public boolean seeded() {
    return true;
  }

  @Override
  public Balance run(StageContext context) {
    Dataset<Row> tokens = context.table(Tables.TOKENS);
    Dataset<Row> scores = context.table(Tables.SCORES);
    UpsampleAction choice =
        UpsampleAction.on(context.spark(), tokens, mix)
            .whenInfeasible(infeasible)
            .seed(context.seed());
    if (!scorer.equals(CHANCE)) {
      choice.rankedBy(scores, scorer);
    }

    QuantileCutResult found = cut == null ? null : found(context, scores, tokens);
    UpsampleResult chosen = choice.cut(found).execute();
    chosen.plan().infeasible().forEach(cell -> context.progress().accept(cell.sentence()));

    return context.describe(
        "upsample: write the selection",
        () -> {
          Dataset<Row> written = context.write(Tables.SELECTION, chosen.selection());
          context.writeDrops(UpsampleAction.drops(written, mix.longFrom(), found));
          SelectionCounts counts = SelectionCounts.of(written, mix.longFrom());
          counts.figures().forEach(context::figure);
          Balance balance = counts.balance(chosen.counts().in());
          context
              .progress()
              .accept(
                  String.format(
                      Locale.ROOT,
                      "%,d of %,d tokens chosen, copies counted",
                      balance.out().tokens(),
                      balance.in().tokens()));
          return balance;
        });
  }

  private QuantileCutResult found(StageContext context, Dataset<Row> scores, Dataset<Row> tokens) {
    QuantileCutResult found =
        QuantileCutAction.on(context.spark(), scores, tokens, cut.scorer(), cut.quantiles())
            .thresholds(cut.thresholds())
            .borders(cut.borders())
            .minGroup(cut.minGroup())
            .execute();
    found.figures().forEach(context::figure);
    return found;
  }
}
