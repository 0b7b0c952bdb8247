package org.longspan.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.longspan.model.CausalLm;
import org.longspan.model.LoadedModels;
import org.longspan.model.ModelDirectory;
import org.longspan.model.ReferenceScores;
import org.longspan.score.PairPlan;
import org.longspan.score.SegmentPairs;

class SegmentPairsMeasurementTest {
  private static final int SEGMENT = 128;

  private static ModelDirectory starter;
  private static CausalLm model;

  @BeforeAll
  static void openStarter() {
    starter = ModelDirectory.resolve("builtin:starter");
    model = LoadedModels.of(starter, "cpu");
  }

  @Test
  void perplexitiesOfAllPairsEqualTheReference() throws IOException {
    Map<String, int[]> documents = ReferenceScores.tokens("documents-4k.jsonl", starter);
    requireEqual(
        documents,
        measure(documents, Integer.MAX_VALUE),
        ReferenceScores.lines("starter-4k.jsonl"));
  }

  @Test
  void aSegmentMeasuredAloneIsItsMeanLossWithoutItsFirstToken() {
    PlannedDocument document = document(1, 3);
    SegmentPairs measured = measure(List.of(document), 4096).get(0).measurement();

    for (int i = 0; i < 3; i++) {
      int[] row = Arrays.copyOfRange(document.tokens(), i * SEGMENT, (i + 1) * SEGMENT);
      double sum = 0;

      for (float loss : model.losses(new int[][] {row})[0]) {
        sum += loss;
      }

      assertThat(measured.alone()[i]).isCloseTo(sum / (SEGMENT - 1), within(1e-6));
    }
  }

  @Test
  void theTokenBudgetDoesNotChangeWhatIsMeasured() {
    List<PlannedDocument> documents = List.of(document(1, 5), document(2, 2), document(3, 7));
    List<Measured<SegmentPairs>> wide = measure(documents, 1 << 20);
    List<Measured<SegmentPairs>> narrow = measure(documents, 1);

    for (int i = 0; i < documents.size(); i++) {
      SegmentPairs a = wide.get(i).measurement();
      SegmentPairs b = narrow.get(i).measurement();
      assertThat(a.alone()).containsExactly(b.alone(), within(1e-5));
      assertThat(a.together()).containsExactly(b.together(), within(1e-5));
    }
  }

  @Test
  void theSameListGivesTheSameNumbersToTheLastBit() {
    List<PlannedDocument> documents = List.of(document(4, 6), document(5, 3));
    List<Measured<SegmentPairs>> first = measure(documents, 1000);
    List<Measured<SegmentPairs>> second = measure(documents, 1000);

    for (int i = 0; i < documents.size(); i++) {
      assertThat(first.get(i).measurement().together())
          .containsExactly(second.get(i).measurement().together());
    }
  }

  @Test
  void pairsKeepThePlansOrder() {
    PlannedDocument whole = document(6, 4);
    PairPlan some =
        new PairPlan(whole.plan().starts(), SEGMENT, new int[] {3, 1, 3}, new int[] {2, 0, 0});
    SegmentPairs all = measure(List.of(whole), 4096).get(0).measurement();
    SegmentPairs chosen =
        measure(List.of(new PlannedDocument(whole.tokens(), some)), 4096).get(0).measurement();
    double[] expected = new double[3];

    for (int p = 0; p < all.target().length; p++) {
      for (int q = 0; q < 3; q++) {
        if (all.target()[p] == some.target()[q] && all.context()[p] == some.context()[q]) {
          expected[q] = all.together()[p];
        }
      }
    }

    assertThat(chosen.target()).containsExactly(3, 1, 3);
    assertThat(chosen.together()).containsExactly(expected, within(1e-5));
    assertThat(chosen.alone()).hasSize(4);
  }

  @Test
  void copiedSegmentsAreToldAndCluesAreOfAllPairs() {
    int[] tokens = document(8, 4).tokens();
    System.arraycopy(tokens, SEGMENT, tokens, 3 * SEGMENT, SEGMENT);
    PairPlan some =
        new PairPlan(
            new int[] {0, SEGMENT, 2 * SEGMENT, 3 * SEGMENT},
            SEGMENT,
            new int[] {1, 3},
            new int[] {0, 1});
    SegmentPairs measured =
        new SegmentPairsMeasurement(model, 4096)
            .withClues()
            .measure(List.of(new PlannedDocument(tokens, some)))
            .get(0)
            .measurement();

    assertThat(measured.copied()).containsExactly(0, 1);
    assertThat(measured.withoutCopies().target()).containsExactly(1);
    assertThat(measured.clues().target()).containsExactly(1, 2, 2, 3, 3, 3);
    assertThat(measured.clues().copied()).containsExactly(0, 0, 0, 0, 1, 0);
    // All of segment 3 but its first token can be looked up in segment 1.
    assertThat(measured.clues().copyable()[4]).isCloseTo(measured.alone()[3], within(1e-6));
    assertThat(measured.withoutCopies().clues().target()).hasSize(5);
  }

  @Test
  void segmentsOfSeveralLengthsMayBeMeasuredTogether() {
    PlannedDocument longSegments = document(7, 3);
    int[] tokens = longSegments.tokens();
    PlannedDocument shortSegments =
        new PlannedDocument(tokens, PairPlan.draw(tokens.length, 32, 1 << 20, 0, 1, "short"));
    List<Measured<SegmentPairs>> both = measure(List.of(longSegments, shortSegments), 4096);
    assertThat(both.get(0).measurement().alone()).hasSize(3);
    assertThat(both.get(1).measurement().alone()).hasSize(12);
    assertThat(both.get(1).measurement().together())
        .containsExactly(
            measure(List.of(shortSegments), 4096).get(0).measurement().together(), within(1e-5));
  }

  @Test
  void aDocumentWithoutPairsHasOnlyItsSegments() {
    PlannedDocument one = document(8, 1);
    SegmentPairs measured = measure(List.of(one), 4096).get(0).measurement();
    assertThat(measured.alone()).hasSize(1);
    assertThat(measured.together()).isEmpty();
  }

  @Test
  void aDocumentThatFailsTakesNoOtherWithIt() {
    PlannedDocument bad = document(9, 3);
    bad.tokens()[5] = 8192;
    List<Measured<SegmentPairs>> measured =
        measure(List.of(document(1, 2), bad, document(2, 2)), 4096);
    assertThat(measured).extracting(Measured::failed).containsExactly(false, true, false);
    assertThat(measured.get(1).error()).contains("8192").contains("vocabulary of 8192");
    assertThat(measured.get(2).measurement().together()).doesNotContain(0);
  }

  static void requireEqual(
      Map<String, int[]> documents,
      Map<String, Measured<SegmentPairs>> measured,
      Map<String, JsonNode> expected) {
    assertThat(documents).hasSameSizeAs(expected);

    for (String id : documents.keySet()) {
      SegmentPairs pairs = measured.get(id).measurement();
      JsonNode prolong = expected.get(id).path("prolong");

      if (prolong.isNull()) {
        assertThat(pairs.together()).as(id).isEmpty();
        continue;
      }

      assertThat(pairs.alone()).as(id).hasSize(prolong.path("single").size());
      int n = pairs.alone().length;
      assertThat(pairs.together()).as(id).hasSize(n * (n - 1) / 2);

      for (int i = 0; i < n; i++) {
        assertThat(Math.exp(pairs.alone()[i]))
            .as(id)
            .isCloseTo(prolong.path("single").path(i).asDouble(), Percentage.withPercentage(0.02));
      }

      for (int p = 0; p < pairs.together().length; p++) {
        JsonNode pair = prolong.path("pair").path(pairs.target()[p]).path(pairs.context()[p]);
        assertThat(Math.exp(pairs.together()[p]))
            .as(id)
            .isCloseTo(pair.asDouble(), Percentage.withPercentage(0.02));
      }
    }
  }

  private static Map<String, Measured<SegmentPairs>> measure(
      Map<String, int[]> documents, int mostSegments) {
    return measureFirst(model, documents, mostSegments);
  }

  /** All pairs of the first segments of each document. */
  static Map<String, Measured<SegmentPairs>> measureFirst(
      CausalLm model, Map<String, int[]> documents, int mostSegments) {
    List<PlannedDocument> planned = new ArrayList<>();
    documents.forEach(
        (id, tokens) -> {
          int length = (int) Math.min(tokens.length, (long) mostSegments * SEGMENT);
          planned.add(
              new PlannedDocument(tokens, PairPlan.draw(length, SEGMENT, 1 << 20, 0, 1, id)));
        });
    List<Measured<SegmentPairs>> measured =
        new SegmentPairsMeasurement(model, 4096).measure(planned);
    Map<String, Measured<SegmentPairs>> byId = new java.util.LinkedHashMap<>();
    List<String> ids = new ArrayList<>(documents.keySet());

    for (int i = 0; i < ids.size(); i++) {
      byId.put(ids.get(i), measured.get(i));
    }

    return byId;
  }

  private static List<Measured<SegmentPairs>> measure(List<PlannedDocument> documents, int budget) {
    return new SegmentPairsMeasurement(model, budget).measure(documents);
  }

  private static PlannedDocument document(int seed, int segments) {
    int[] tokens = new Random(seed).ints((long) segments * SEGMENT, 3, 8192).toArray();
    return new PlannedDocument(
        tokens, PairPlan.draw(tokens.length, SEGMENT, 1 << 20, 0, seed, "random"));
  }
}
