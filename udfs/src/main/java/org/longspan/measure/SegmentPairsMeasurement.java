package org.longspan.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.longspan.model.CausalLm;
import org.longspan.score.PairClues;
import org.longspan.score.SegmentPairs;

/**
 * Measures {@link SegmentPairs}: the loss of each segment alone and after earlier segments of its
 * document, as ProLong (arXiv 2405.17915) asks for.
 *
 * <p>A segment's keys and values are computed once, in the pass that also gives its own loss, and
 * shared by all segments that are scored after it. A pair then costs one segment of tokens, where
 * running both segments costs two; the losses are the same. Work is (segments + pairs) × segment
 * tokens; memory is bounded by the token budget, not by the documents.
 */
public final class SegmentPairsMeasurement {
  private final CausalLm model;
  private final int batchTokens;
  private final boolean clues;

  /**
   * @param model shared with other threads
   * @param batchTokens tokens of a forward pass at most; one row is always run
   */
  public SegmentPairsMeasurement(CausalLm model, int batchTokens) {
    this(model, batchTokens, false);
  }

  private SegmentPairsMeasurement(CausalLm model, int batchTokens, boolean clues) {
    if (batchTokens < 1) {
      throw new IllegalArgumentException(
          "A batch needs at least 1 token, not %d.".formatted(batchTokens));
    }

    this.model = model;
    this.batchTokens = batchTokens;
    this.clues = clues;
  }

  /**
   * The same, with the {@link PairClues} of all pairs. They cost no pass, but O(segments^2) memory
   * a document.
   */
  public SegmentPairsMeasurement withClues() {
    return new SegmentPairsMeasurement(model, batchTokens, true);
  }

  /**
   * Measures documents; the result has their order. Never throws for what is wrong with one
   * document.
   */
  public List<Measured<SegmentPairs>> measure(List<PlannedDocument> documents) {
    List<PairLosses> losses = documents.stream().map(each -> new PairLosses(each, clues)).toList();
    SortedMap<Integer, List<PairLosses>> bySegment = new TreeMap<>();

    for (PairLosses document : losses) {
      document.requireTokensBelow(model.config().vocabulary());

      if (!document.failed()) {
        bySegment
            .computeIfAbsent(document.plan().segment(), segment -> new ArrayList<>())
            .add(document);
      }
    }

    bySegment.forEach(this::run);
    return losses.stream().map(PairLosses::result).toList();
  }

  private void run(int segment, List<PairLosses> documents) {
    int rows = Math.max(1, batchTokens / segment);
    List<PairLosses.Segment> contexts = new ArrayList<>();
    List<PairLosses.Segment> others = new ArrayList<>();

    for (PairLosses document : documents) {
      for (PairLosses.Segment each : document.segments()) {
        (each.pairs().isEmpty() ? others : contexts).add(each);
      }
    }

    Batches.of(contexts, rows).forEach(batch -> readAndFollow(batch, rows));
    Batches.of(others, rows).forEach(this::readAlone);
  }

  private void readAlone(List<PairLosses.Segment> batch) {
    try {
      float[][] losses =
          model.losses(batch.stream().map(PairLosses.Segment::tokens).toArray(int[][]::new));

      for (int i = 0; i < losses.length; i++) {
        batch.get(i).alone(losses[i]);
      }
    } catch (RuntimeException e) {
      batch.forEach(segment -> segment.document().fail(e));
    }
  }

  private void readAndFollow(List<PairLosses.Segment> batch, int rows) {
    int[][] tokens = batch.stream().map(PairLosses.Segment::tokens).toArray(int[][]::new);

    try (CausalLm.Context context = model.read(tokens)) {
      List<Follower> followers = new ArrayList<>();

      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).alone(context.losses()[i]);

        for (PairLosses.Pair pair : batch.get(i).pairs()) {
          followers.add(new Follower(i, pair));
        }
      }

      Batches.of(followers, rows).forEach(each -> follow(context, each));
    } catch (RuntimeException e) {
      batch.forEach(segment -> segment.document().fail(e));
    }
  }

  private void follow(CausalLm.Context context, List<Follower> batch) {
    try {
      int[] contextRow = batch.stream().mapToInt(Follower::contextRow).toArray();
      int[][] tokens = batch.stream().map(each -> each.pair().tokens()).toArray(int[][]::new);
      float[][] losses = model.losses(context, contextRow, tokens);

      for (int i = 0; i < losses.length; i++) {
        batch.get(i).pair().together(losses[i]);
      }
    } catch (RuntimeException e) {
      batch.forEach(each -> each.pair().document().fail(e));
    }
  }

  private record Follower(int contextRow, PairLosses.Pair pair) {}
}
