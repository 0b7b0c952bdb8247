package org.longspan.measure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.longspan.score.PairClues;
import org.longspan.score.PairPlan;
import org.longspan.score.PairSampling;
import org.longspan.score.ProLong;
import org.longspan.score.ProLong.Aggregate;
import org.longspan.score.ProLong.Mode;
import org.longspan.score.Score;
import org.longspan.score.SegmentPairs;
import org.longspan.score.Specificity;

/**
 * How well ProLong of few pairs ranks documents as ProLong of all pairs does, by hand: the mean
 * over seeds of Spearman's rank correlation, over the documents that {@link AllPairs} measured.
 *
 * <p>Arguments: the file of {@link AllPairs}, seeds. See docs/benchmarks.md.
 */
final class SamplingBenchmark {
  private static final int[] PAIRS = {16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768};
  private static final double GOAL = 0.95;

  private final List<Document> documents;
  private final int seeds;

  private SamplingBenchmark(List<Document> documents, int seeds) {
    this.documents = documents;
    this.seeds = seeds;
  }

  public static void main(String[] args) throws IOException {
    List<Document> documents = AllPairs.read(Path.of(args[0])).stream().map(Document::of).toList();
    System.out.printf(
        "%d documents of %s%n%-42s",
        documents.size(),
        documents.stream().mapToInt(each -> each.alone.length).summaryStatistics(),
        "");
    Arrays.stream(PAIRS).forEach(pairs -> System.out.printf("%6d", pairs));
    System.out.printf("   for %s%n", GOAL);
    SamplingBenchmark benchmark = new SamplingBenchmark(documents, Integer.parseInt(args[1]));

    Map<String, Specificity> specificities = new LinkedHashMap<>();
    specificities.put("perplexity", Specificity.ofPerplexity());
    specificities.put("loss", Specificity.ofLoss(Specificity.TEMPERATURE));
    specificities.forEach(
        (name, specificity) -> {
          for (Aggregate aggregate : Aggregate.values()) {
            ProLong prolong = new ProLong(Mode.CODE, 0.1, 256, specificity, aggregate);

            for (PairSampling sampling : PairSampling.values()) {
              for (Rest rest : Rest.values()) {
                benchmark.row(name, prolong, aggregate, sampling, rest);
              }
            }
          }
        });
  }

  private void row(
      String specificity, ProLong prolong, Aggregate aggregate, PairSampling sampling, Rest rest) {
    if (aggregate == Aggregate.MEAN && rest == Rest.SCALED) {
      return;
    }

    double[] goal =
        scores(each -> value(prolong, each.some(0, PairSampling.UNIFORM, 0, Rest.LEFT_OUT)));
    double[] reached =
        Arrays.stream(PAIRS)
            .mapToDouble(pairs -> correlation(prolong, sampling, rest, pairs, goal))
            .toArray();
    System.out.printf(
        "%-42s",
        "%s %s, %s, %s"
            .formatted(
                specificity,
                aggregate.name().toLowerCase(Locale.ROOT),
                sampling.name().toLowerCase(Locale.ROOT),
                rest.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
    Arrays.stream(reached).forEach(each -> System.out.printf("%6.3f", each));
    System.out.printf("   %s%n", pairsFor(reached));
  }

  private double correlation(
      ProLong prolong, PairSampling sampling, Rest rest, int pairs, double[] goal) {
    return IntStream.range(0, seeds)
        .parallel()
        .mapToDouble(
            seed ->
                Spearman.of(
                    goal,
                    scores(
                        each ->
                            rest.scale(each, pairs)
                                * value(prolong, each.some(pairs, sampling, seed, rest)))))
        .average()
        .orElseThrow();
  }

  private double[] scores(ToDoubleFunction<Document> score) {
    return documents.stream().mapToDouble(score).toArray();
  }

  private static double value(ProLong prolong, SegmentPairs pairs) {
    Score score = prolong.score(pairs);
    return score.value().orElseThrow(() -> new IllegalStateException(score.error()));
  }

  /** Interpolated between logarithms; the first crossing after which the goal is kept. */
  private static String pairsFor(double[] reached) {
    int last = reached.length - 1;

    if (reached[last] < GOAL) {
      return "more than " + PAIRS[last];
    }

    while (last > 0 && reached[last - 1] >= GOAL) {
      last--;
    }

    if (last == 0) {
      return "at most " + PAIRS[0];
    }

    double part = (GOAL - reached[last - 1]) / (reached[last] - reached[last - 1]);
    double ratio = (double) PAIRS[last] / PAIRS[last - 1];
    return Long.toString(Math.round(PAIRS[last - 1] * Math.pow(ratio, part)));
  }

  /** What becomes of the pairs that were not measured. */
  private enum Rest {
    LEFT_OUT,
    /** Left out, and the sum multiplied to that of as many pairs as the document has. */
    SCALED,
    PREDICTED;

    double scale(Document document, int pairs) {
      int all = document.alone.length * (document.alone.length - 1) / 2;
      return this == SCALED ? Math.max(1, (double) all / pairs) : 1;
    }
  }

  private record Document(
      String id, double[] alone, double[][] together, SharedTokens shared, PairClues clues) {
    static Document of(AllPairs measured) {
      int segments = measured.losses().length;
      SharedTokens shared = new SharedTokens(AllPairs.segments(measured.ids()));
      double[] alone = new double[segments];
      double[][] together = new double[segments][segments];
      int p = 0;

      for (int j = 0; j < segments; j++) {
        alone[j] = mean(measured.losses()[j]);

        for (int i = j + 1; i < segments; i++) {
          together[i][j] = measured.together()[p];
          p++;
        }
      }

      return new Document(measured.id(), alone, together, shared, shared.clues(measured.losses()));
    }

    private static double mean(float[] losses) {
      double sum = 0;

      for (float loss : losses) {
        sum += loss;
      }

      return sum / losses.length;
    }

    SegmentPairs some(int pairs, PairSampling sampling, long seed, Rest rest) {
      int tokens = alone.length * AllPairs.SEGMENT;
      PairPlan plan = PairPlan.draw(tokens, AllPairs.SEGMENT, tokens, pairs, sampling, seed, id);
      int[] target = plan.target();
      int[] context = plan.context();
      return new SegmentPairs(
          alone,
          target,
          context,
          IntStream.range(0, target.length)
              .mapToDouble(p -> together[target[p]][context[p]])
              .toArray(),
          IntStream.range(0, target.length)
              .mapToDouble(p -> shared.copied(context[p], target[p]))
              .toArray(),
          rest == Rest.PREDICTED ? clues : PairClues.NONE);
    }
  }
}
