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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.longspan.attention.AttentionView;
import org.longspan.attention.Heads;
import org.longspan.attention.Ladm;
import org.longspan.attention.LongAttn;
import org.longspan.context.ContextWindows;
import org.longspan.model.CausalLm;
import org.longspan.model.LoadedModels;
import org.longspan.model.ModelDirectory;
import org.longspan.model.ReferenceScores;
import org.longspan.score.Score;

/** LADM and LongAttn as they were released, out of what was read, against the reference. */
class AttentionReferenceTest {
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
    Ladm ladm = new Ladm(Ladm.Mode.CODE, length, Ladm.Spans.PUBLISHED, Heads.ALL, Set.of());
    LongAttn longAttn = new LongAttn(LongAttn.Mode.CODE, length);
    Map<String, int[]> tokens = ReferenceScores.tokens("documents.jsonl", directory);
    int compared = 0;

    for (Map.Entry<String, JsonNode> line : ReferenceScores.lines(file).entrySet()) {
      JsonNode expected = line.getValue();

      if (!expected.path("ladm").isObject()) {
        continue;
      }

      int[] ids = Arrays.copyOf(tokens.get(line.getKey()), length);
      ContextWindows read = read(model, ids, Set.of(ladm.view(), longAttn.view()));
      Score dependency = ladm.score(read);
      requireNear(dependency.value().getAsDouble(), expected.at("/ladm/score"));
      JsonNode layers = expected.at("/ladm/per_layer");
      assertThat(layers.size()).isEqualTo(model.config().layers());

      for (int layer = 0; layer < layers.size(); layer++) {
        requireNear(dependency.details().get("layer_" + layer), layers.path(layer));
      }

      SortedMap<String, Double> far = longAttn.score(read).details();
      requireNear(far.get(LongAttn.DS), expected.at("/longattn/ds"));
      requireNear(far.get(LongAttn.VARIANCE), expected.at("/longattn/variance"));
      compared++;
    }

    return compared;
  }

  private static ContextWindows read(CausalLm model, int[] ids, Set<AttentionView<?>> views) {
    PlannedWindow window = new PlannedWindow(0, ids, new TreeMap<>(), new TreeSet<>(), views);
    return new ContextWindowsMeasurement(model, null, 4096, OptionalInt.empty())
        .measure(List.of(new WindowedDocument(ids.length, List.of(window))))
        .get(0)
        .measurement();
  }

  private static void requireNear(double value, JsonNode expected) {
    assertThat(value).isCloseTo(expected.asDouble(), within(1e-3 * expected.asDouble()));
  }
}
