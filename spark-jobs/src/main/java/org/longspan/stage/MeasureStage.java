package org.longspan.stage;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.longspan.action.ExposureWeights;
import org.longspan.action.RelatednessAction;
import org.longspan.action.RelatednessFigure;
import org.longspan.action.RelatednessMeasure;
import org.longspan.action.RelatednessResult;
import org.longspan.action.RelatednessSettings;
import org.longspan.relatedness.Exact;
import org.longspan.run.Balance;

/**
 * How related the documents of the sequences are, and what their tokens see: {@code relatedness},
 * and where it is wanted {@code exposure_weights}.
 *
 * <p>Figures: every figure that is no histogram, such as {@code within-row.book}.
 */
public final class MeasureStage implements Stage {
  private final RelatednessSettings settings;
  private final int tail;
  private final boolean weighs;

  /**
   * @param tail tokens of context with which EXACT's tail begins, as {@link Exact} takes them
   */
  public MeasureStage(RelatednessSettings settings, int tail) {
    this(settings, tail, false);
  }

  private MeasureStage(RelatednessSettings settings, int tail, boolean weighs) {
    this.settings = settings;
    this.tail = tail;
    this.weighs = weighs;
  }

  /** The same stage that also writes the weight of each token. */
  public MeasureStage weighing() {
    return new MeasureStage(settings, tail, true);
  }

  @Override
  public String name() {
    return "measure";
  }

  @Override
  public List<String> upstream() {
    return List.of("ingest", "relate", "pack");
  }

  @Override
  public List<String> tables() {
    return weighs
        ? List.of(Tables.RELATEDNESS, Tables.EXPOSURE_WEIGHTS)
        : List.of(Tables.RELATEDNESS);
  }

  @Override
  public SortedMap<String, String> identity() {
    SortedMap<String, String> identity = new TreeMap<>();
    identity.put("settings", settings.toString());
    identity.put("tail", Integer.toString(tail));
    identity.put("weights", Boolean.toString(weighs));
    return identity;
  }

  @Override
  public boolean seeded() {
    return true;
  }

  @Override
  public Balance run(StageContext context) {
    Dataset<Row> sequences = context.table(Tables.SEQUENCES);
    RelatednessResult measured =
        RelatednessAction.on(
                context.spark(),
                sequences,
                context.table(Tables.DOCUMENTS),
                context.table(Tables.EDGES))
            .settings(settings)
            .tail(tail)
            .seed(context.seed())
            .execute();
    context.describe(
        "write the figures",
        () -> context.write(Tables.RELATEDNESS, measured.table(context.spark())));
    if (weighs) {
      double[] weights = Exact.published(tail).weights(measured.exposure());
      context.describe(
          "weigh the tokens",
          () -> context.write(Tables.EXPOSURE_WEIGHTS, ExposureWeights.of(sequences, weights)));
    }

    measured.figures().stream()
        .filter(figure -> figure.atLeast() == null)
        .forEach(figure -> context.figure(name(figure), figure.value()));
    tell(measured, context);
    return Balance.unchanged(measured.counts());
  }

  private static String name(RelatednessFigure figure) {
    return figure.domain() == null ? figure.measure() : figure.measure() + "." + figure.domain();
  }

  private static void tell(RelatednessResult measured, StageContext context) {
    OptionalDouble within = measured.mean(RelatednessMeasure.WITHIN_ROW);
    OptionalDouble across = measured.mean(RelatednessMeasure.ACROSS_ROWS);
    if (within.isPresent() && across.isPresent()) {
      context
          .progress()
          .accept(
              String.format(
                  Locale.ROOT,
                  "documents of one sequence have a similarity of %.3f, of different sequences %.3f (%s)",
                  within.getAsDouble(),
                  across.getAsDouble(),
                  measured.vectors()));
    }
  }
}
