package org.longspan.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DocumentWeightsTest {
  @Test
  void everyDocumentHasTheWeightThatLongAlignGivesIt() {
    // Two sequences, of one document and of three: M = 4, K = 2.
    double[] weights = DocumentWeights.of(new int[] {1, 3});

    assertThat(weights).containsExactly(0.5, 1.5);
    // Mean token losses by document: the paper's equation 2 is their mean over all four.
    double alone = 2.0;
    double[] together = {1.0, 4.0, 7.0};
    double loss =
        (weights[0] * alone + weights[1] * Arrays.stream(together).average().orElseThrow()) / 2;
    assertThat(loss).isCloseTo((2.0 + 1.0 + 4.0 + 7.0) / 4, within(1e-12));
  }

  @Property(tries = 100)
  void theMeanWeightIsOne(
      @ForAll @Size(min = 1, max = 50) List<@IntRange(min = 1, max = 900) Integer> documents) {
    double[] weights = DocumentWeights.of(documents.stream().mapToInt(Integer::intValue).toArray());

    assertThat(Arrays.stream(weights).average().orElseThrow()).isCloseTo(1, within(1e-12));
  }

  @Test
  void aStepWithoutADocumentIsRefused() {
    assertThatThrownBy(() -> DocumentWeights.of(new int[] {0, 0}))
        .hasMessageContaining("without a document");
  }
}
