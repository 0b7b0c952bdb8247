package org.longspan.stage;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.longspan.action.MixFigures;
import org.longspan.action.QuantileCutAction;
import org.longspan.action.QuantileCutResult;
import org.longspan.action.SelectionCounts;
import org.longspan.action.UpsampleAction;
import org.longspan.action.UpsampleResult;
import org.longspan.action.UsedDocuments;
import org.longspan.length.LengthBorders;
import org.longspan.mix.Cell;
import org.longspan.mix.MixPlan;
import org.longspan.rank.QuantileCut;
import org.longspan.run.Balance;

/**
 * Chooses the documents to train on: {@code tokens} and {@code scores} to {@code selection}.
 *
 * <p>Figures: those of {@link MixFigures}, and with a cut those of {@link
 * QuantileCutResult#figures}.
 */
public final class UpsampleStage implements Stage {
  private static final String NAME = "upsample";
  private static final String CHANCE = "none";

  private final UpsampleSettings settings;
  private final Optional<Cut> cut;
  private final List<Phase> earlier;

  /** What is left out before any choice; see {@link QuantileCutAction}. */
  private record Cut(
      String scorer,
      QuantileCut quantiles,
      SortedMap<String, Double> thresholds,
      LengthBorders borders,
      long minGroup) {}

  public UpsampleStage(UpsampleSettings settings) {
    this(settings, Optional.empty(), List.of());
  }

  private UpsampleStage(UpsampleSettings settings, Optional<Cut> cut, List<Phase> earlier) {
    this.settings = settings;
    this.cut = cut;
    this.earlier = List.copyOf(earlier);
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
        settings,
        Optional.of(
            new Cut(
                cutScorer,
                new QuantileCut(from, to),
                new TreeMap<>(thresholds),
                new LengthBorders(borders),
                minGroup)),
        earlier);
  }

  /** The same stage that leaves out what earlier phases chose. */
  public UpsampleStage after(List<Phase> phases) {
    return new UpsampleStage(settings, cut, phases);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> upstream() {
    return Stream.concat(
            Stream.of("tokenize", "score"), earlier.stream().map(phase -> phase.stage(NAME)))
        .toList();
  }

  @Override
  public List<String> tables() {
    return List.of(Tables.SELECTION);
  }

  @Override
  public SortedMap<String, String> identity() {
    SortedMap<String, String> identity = settings.identity();
    cut.ifPresent(ends -> identity.put("cut", ends.toString()));
    return Collections.unmodifiableSortedMap(identity);
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
        UpsampleAction.on(context.spark(), tokens, settings.mix())
            .borders(settings.borders())
            .longFrom(settings.longFrom())
            .tokens(settings.tokens())
            .maxEpochs(settings.maxEpochs())
            .whenInfeasible(settings.infeasible())
            .border(settings.border())
            .lengths(settings.lengths())
            .order(settings.order())
            .without(used(context))
            .seed(context.seed());
    if (!settings.scorer().equals(CHANCE)) {
      choice.rankedBy(scores, settings.scorer());
    }

    QuantileCutResult found =
        cut.map(ends -> found(ends, context, scores, choice.candidates())).orElse(null);
    UpsampleResult chosen = choice.cut(found).execute();
    warn(chosen.plan(), context);

    return context.describe(
        "upsample: write the selection",
        () -> {
          Dataset<Row> written = context.write(Tables.SELECTION, chosen.selection());
          context.writeDrops(choice.drops(written));
          SelectionCounts counts = choice.counts(written);
          SortedMap<String, Double> figures =
              MixFigures.of(counts, chosen.plan(), settings.longFrom());
          figures.forEach(context::figure);
          Balance balance = counts.balance(chosen.counts().in());
          say(
              context,
              "%,d of %,d tokens chosen, copies counted; shares are off by %.2f points of a domain and %.2f of its long documents at most",
              balance.out().tokens(),
              balance.in().tokens(),
              100 * figures.get("drift.domain"),
              100 * figures.get("drift.long"));
          return balance;
        });
  }

  private UsedDocuments used(StageContext context) {
    Map<String, Dataset<Row>> selections = new LinkedHashMap<>();
    earlier.forEach(
        phase -> selections.put(phase.name(), context.table(phase.table(Tables.SELECTION))));
    return UsedDocuments.of(selections);
  }

  private static void warn(MixPlan plan, StageContext context) {
    if (!plan.shortages().isEmpty()) {
      plan.shortages().text().lines().forEach(context.progress());
    }

    List<Cell> repeated = plan.repeatedMuch();
    repeated.stream()
        .max(Comparator.comparingDouble(plan::rate))
        .ifPresent(
            most ->
                say(
                    context,
                    "warning: %,d cells are taken more than %.0f times, %s the most, %.1f times; beyond that repeats teach less and less (arXiv 2305.16264)",
                    repeated.size(),
                    MixPlan.HARMLESS_EPOCHS,
                    most,
                    plan.rate(most)));
    List<String> none =
        plan.supplies().domains().keySet().stream()
            .filter(d -> plan.targets().total(cell -> cell.domain().equals(d)) == 0)
            .toList();
    if (!none.isEmpty()) {
      say(context, "no tokens are asked of %s", String.join(", ", none));
    }
  }

  private static void say(StageContext context, String format, Object... values) {
    context.progress().accept(String.format(Locale.ROOT, format, values));
  }

  private QuantileCutResult found(
      Cut ends, StageContext context, Dataset<Row> scores, Dataset<Row> candidates) {
    QuantileCutResult found =
        QuantileCutAction.on(context.spark(), scores, candidates, ends.scorer(), ends.quantiles())
            .thresholds(ends.thresholds())
            .borders(ends.borders())
            .minGroup(ends.minGroup())
            .execute();
    found.figures().forEach(context::figure);
    return found;
  }
}
