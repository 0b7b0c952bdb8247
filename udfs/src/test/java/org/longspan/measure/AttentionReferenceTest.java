package org.longspan.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.longspan.attention.AttentionReadings;
import org.longspan.attention.AttentionView;
import org.longspan.attention.FarMasses;
import org.longspan.attention.Heads;
import org.longspan.attention.SpanMasses;
import org.longspan.model.CausalLm;
import org.longspan.model.LoadedModels;
import org.longspan.model.ModelDirectory;
import org.longspan.model.ReferenceScores;

/** LADM and LongAttn as they were released, out of what was read, against the reference. */
class AttentionReferenceTest {
  private static final int SPAN = 128;
  private static final int STRIDE = 4;

  /** 4,096 tokens, more than the starter's positions: a check of arithmetic, not of language. */
  @Test
  void readingsGiveTheReferencesScores() throws IOException {
    ModelDirectory starter = ModelDirectory.resolve("builtin:starter");
    CausalLm model = LoadedModels.of(starter, "cpu");
    assertThat(requireReference(model, starter, "starter-context.jsonl", 4096))
        .as("documents with reference scores")
        .isGreaterThanOrEqualTo(5);
  }

  /**
   * Compares scores of the first tokens of documents with a reference.
   *
   * @return how many documents have reference scores
   */
  static int requireReference(CausalLm model, ModelDirectory directory, String file, int length)
      throws IOException {
    SpanMasses spans = new SpanMasses(SPAN, STRIDE, SpanMasses.Keys.EARLIER, Heads.ALL);
    FarMasses far = new FarMasses(length / 4);
    Map<String, int[]> tokens = ReferenceScores.tokens("documents.jsonl", directory);
    int compared = 0;

    for (Map.Entry<String, JsonNode> line : ReferenceScores.lines(file).entrySet()) {
      JsonNode expected = line.getValue();

      if (!expected.path("ladm").isObject()) {
        continue;
      }

      int[] ids = Arrays.copyOf(tokens.get(line.getKey()), length);
      AttentionReadings read = read(model, ids, Set.of(spans, far));
      double[] layers =
          Arrays.stream(read.of(spans))
              .mapToDouble(layer -> ladm(layer, spans.queries(length), length))
              .toArray();
      requireNear(Arrays.stream(layers).average().getAsDouble(), expected.at("/ladm/score"));

      for (int layer = 0; layer < layers.length; layer++) {
        requireNear(layers[layer], expected.at("/ladm/per_layer/" + layer));
      }

      requireLongAttn(read.of(far), length, expected.path("longattn"));
      compared++;
    }

    return compared;
  }

  /** One layer's CDS (arXiv 2503.02502) in the form of the released code. */
  private static double ladm(double[][] masses, int[] queries, int length) {
    double sum = 0;
    int visited = 0;

    for (int i = 0; i < queries.length; i++) {
      int start = queries[i] * SPAN;

      if (start <= SPAN + 4 * STRIDE * SPAN) {
        continue;
      }

      double[] seen = new double[(queries[i] - 1) / STRIDE];
      double weighted = 0;

      for (int k = 0; k < seen.length; k++) {
        int spans = (k + 1) * STRIDE;
        seen[k] = masses[i][queries[i] - spans];
        weighted += seen[k] * spans * SPAN / length;
      }

      double mean = Arrays.stream(seen).average().getAsDouble();
      double squares = Arrays.stream(seen).map(p -> (p - mean) * (p - mean)).sum();
      sum += weighted * Math.sqrt(squares / (seen.length - 1)) * start / length;
      visited++;
    }

    return sum / visited;
  }

  /** DS and variance (arXiv 2502.16860) in the form of the released code. */
  private static void requireLongAttn(FarMasses.Sums sums, double length, JsonNode expected) {
    double cells = length * length;
    double ds = 0;
    double variance = 0;

    for (int head = 0; head < sums.weights().length; head++) {
      double mass = sums.weights()[head];
      ds += mass / length / sums.weights().length;
      variance +=
          (sums.squares()[head] - mass * mass / cells) / (cells - 1) / sums.weights().length;
    }

    requireNear(ds, expected.path("ds"));
    requireNear(variance, expected.path("variance"));
  }

  private static AttentionReadings read(CausalLm model, int[] ids, Set<AttentionView<?>> views) {
    PlannedWindow window = new PlannedWindow(0, ids, new TreeMap<>(), new TreeSet<>(), views);
    return new ContextWindowsMeasurement(model, null, 4096, OptionalInt.empty())
        .measure(List.of(new WindowedDocument(ids.length, List.of(window))))
        .get(0)
        .measurement()
        .windows()
        .get(0)
        .attention();
  }

  private static void requireNear(double value, JsonNode expected) {
    assertThat(value).isCloseTo(expected.asDouble(), within(1e-3 * expected.asDouble()));
  }
}
