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
import org.longspan.action.SelectionCounts;
import org.longspan.action.UpsampleAction;
import org.longspan.action.UpsampleResult;
import org.longspan.mix.EveryDocumentOnce;
import org.longspan.mix.Mix;
import org.longspan.mix.PerSource;
import org.longspan.run.Balance;

/**
 * Chooses the documents to train on: {@code tokens} and {@code scores} to {@code selection}.
 *
 * <p>Figures: those of {@link SelectionCounts#figures}.
 */
public final class UpsampleStage implements Stage {
  private final Mix mix;
  private final Infeasible infeasible;
  private final String scorer;
  private final SortedMap<String, String> identity;

  /**
   * @param mode {@code per-source} ({@link PerSource}) or {@code none} (every document once)
   * @param longFrom tokens from which a document is long
   * @param longShare share of tokens, in every domain, that long documents are to have
   * @param tokens tokens to choose in all; 0: as many as the corpus has
   * @param maxEpochs the highest rate of a cell
   * @param infeasible {@code fail} or {@code shrink}
   * @param scorer the scorer that ranks the documents of a cell
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
    UpsampleResult chosen =
        UpsampleAction.on(context.spark(), context.table(Tables.TOKENS), mix)
            .rankedBy(context.table(Tables.SCORES), scorer)
            .whenInfeasible(infeasible)
            .seed(context.seed())
            .execute();
    chosen.plan().infeasible().forEach(cell -> context.progress().accept(cell.sentence()));

    return context.describe(
        "upsample: write the selection",
        () -> {
          Dataset<Row> written = context.write(Tables.SELECTION, chosen.selection());
          context.writeDrops(UpsampleAction.drops(written, mix.longFrom()));
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
}
