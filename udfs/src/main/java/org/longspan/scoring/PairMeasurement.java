package org.longspan.scoring;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.longspan.measure.Measured;
import org.longspan.measure.PlannedDocument;
import org.longspan.measure.SegmentPairsMeasurement;
import org.longspan.score.PairPlan;
import org.longspan.score.PairSampling;
import org.longspan.score.SegmentPairs;

/**
 * {@link SegmentPairs} of the segments and pairs that {@link PairPlan} draws.
 *
 * @param clues whether what is known of the other pairs is wanted too
 */
record PairMeasurement(
    int segment, int window, int pairs, PairSampling sampling, boolean clues, long seed)
    implements Measurement<SegmentPairs> {

  @Override
  public Optional<String> tooShort(int tokens) {
    return segments(tokens) >= 2
        ? Optional.empty()
        : Optional.of(
            "The document has %d tokens, fewer than the %d of two segments."
                .formatted(tokens, 2L * segment));
  }

  @Override
  public long passTokens(String docId, int tokens) {
    long segments = segments(tokens);
    long all = segments * (segments - 1) / 2;
    return segments < 2 ? 0 : (segments + (pairs == 0 ? all : Math.min(pairs, all))) * segment;
  }

  @Override
  public int rowTokens() {
    return 2 * segment;
  }

  @Override
  public int[] positions(String docId, int tokens) {
    return Arrays.stream(plan(docId, tokens).starts())
        .flatMap(start -> IntStream.range(start, start + segment))
        .toArray();
  }

  @Override
  public List<Measured<SegmentPairs>> measure(
      LanguageModels models, int batchTokens, List<Excerpt> documents) {
    SegmentPairsMeasurement measurement = new SegmentPairsMeasurement(models.main(), batchTokens);
    return (clues ? measurement.withClues() : measurement)
        .measure(documents.stream().map(this::planned).toList());
  }

  @Override
  public Optional<Measurement<SegmentPairs>> with(Measurement<?> other) {
    return equals(other) ? Optional.of(this) : Optional.empty();
  }

  /** Which segments and pairs of a document are measured. */
  PairPlan plan(Excerpt document) {
    return plan(document.docId(), document.tokens());
  }

  /** The plan's segments, which stand side by side in an excerpt. */
  private PlannedDocument planned(Excerpt document) {
    PairPlan plan = plan(document);
    int[] starts = IntStream.range(0, plan.starts().length).map(i -> i * segment).toArray();
    return new PlannedDocument(
        document.ids(), new PairPlan(starts, segment, plan.target(), plan.context()));
  }

  private PairPlan plan(String docId, int tokens) {
    return PairPlan.draw(tokens, segment, window, pairs, sampling, seed, docId);
  }

  private int segments(int tokens) {
    return Math.min(tokens, window) / segment;
  }
}
