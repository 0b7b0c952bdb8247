package org.longspan.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.longspan.model.CausalLm;
import org.longspan.model.ModelDirectory;
import org.longspan.model.ReferenceScores;

/**
 * A real model against the reference: SmolLM2-135M-Instruct, whose directory is the system property
 * {@code longspan.smollm2}. Minutes of work.
 */
@Tag("slow")
class SmolLm2Test {
  private static ModelDirectory directory;
  private static CausalLm model;

  @BeforeAll
  static void open() {
    String location = System.getProperty("longspan.smollm2", "");
    assumeTrue(
        !location.isEmpty(),
        "Skipped: give a SmolLM2-135M-Instruct directory with -Dlongspan.smollm2=DIR.");
    directory = ModelDirectory.resolve(location);
    model = CausalLm.open(directory);
  }

  @AfterAll
  static void close() {
    if (model != null) {
      model.close();
    }
  }

  @Test
  void lossesEqualTheReference() throws IOException {
    Map<String, JsonNode> expected = ReferenceScores.lines("smollm2-first8.jsonl");

    for (Map.Entry<String, int[]> document :
        ReferenceScores.tokens("documents.jsonl", directory).entrySet()) {
      JsonNode nll = expected.get(document.getKey()).path("nll");

      if (nll.isEmpty()) {
        continue;
      }

      int[] row = Arrays.copyOf(document.getValue(), nll.size() + 1);
      float[] losses = model.losses(new int[][] {row})[0];

      for (int t = 0; t < losses.length; t++) {
        assertThat(losses[t])
            .as("%s, token %d", document.getKey(), t + 1)
            .isCloseTo((float) nll.get(t).asDouble(), within(1e-3f));
      }
    }
  }

  @Test
  void perplexitiesOfTheFirstEightSegmentsEqualTheReference() throws IOException {
    Map<String, int[]> documents = ReferenceScores.tokens("documents.jsonl", directory);
    SegmentPairsMeasurementTest.requireEqual(
        documents,
        SegmentPairsMeasurementTest.measureFirst(model, documents, 8),
        ReferenceScores.lines("smollm2-first8.jsonl"));
  }

  @Test
  void scoresThatContrastContextsEqualTheReference() throws IOException {
    int compared =
        ContextWindowsMeasurementTest.requireReference(
            model, directory, "smollm2-context.jsonl", 3072);
    assertThat(compared).as("documents with reference scores").isEqualTo(2);
  }

  @Test
  void scoresThatReadAttentionEqualTheReference() throws IOException {
    int compared =
        AttentionReferenceTest.requireReference(model, directory, "smollm2-context.jsonl", 3072);
    assertThat(compared).as("documents with reference scores").isEqualTo(2);
  }
}
