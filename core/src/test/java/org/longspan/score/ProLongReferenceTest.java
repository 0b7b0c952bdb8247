package org.longspan.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.longspan.score.ProLong.Mode;

/** Scores of real texts, from perplexities that an independent program measured. */
class ProLongReferenceTest {
  @ParameterizedTest
  @ValueSource(strings = {"starter-4k.jsonl", "smollm2-4k.jsonl", "smollm2-first8.jsonl"})
  void scoresEqualTheReference(String name) throws IOException {
    Path file = Path.of(System.getProperty("longspan.root", ".."), "../shared/reference", name);
    assumeTrue(Files.exists(file), () -> "Skipped: there are no reference scores at " + file + ".");

    int compared = 0;
    for (String line : Files.readAllLines(file)) {
      JsonNode prolong = new ObjectMapper().readTree(line).path("prolong");
      if (prolong.isObject()) {
        compare(prolong);
        compared++;
      }
    }

    assertThat(compared).isGreaterThan(3);
  }

  private static void compare(JsonNode prolong) {
    double[] alone = new double[prolong.get("single").size()];
    List<int[]> pairs = new ArrayList<>();
    List<Double> together = new ArrayList<>();
    for (int i = 0; i < alone.length; i++) {
      alone[i] = Math.log(prolong.get("single").get(i).asDouble());
      JsonNode row = prolong.get("pair").get(i);
      double[] gains = new double[row.size()];
      for (int j = 0; j < row.size(); j++) {
        pairs.add(new int[] {i, j});
        together.add(Math.log(row.get(j).asDouble()));
        gains[j] = prolong.get("single").get(i).asDouble() - row.get(j).asDouble();
      }

      assertThat(Specificity.of(gains, 0, gains.length))
          .isCloseTo(prolong.get("dsp").get(i).asDouble(), within(1e-6));
    }

    SegmentPairs measured =
        new SegmentPairs(
            alone,
            pairs.stream().mapToInt(pair -> pair[0]).toArray(),
            pairs.stream().mapToInt(pair -> pair[1]).toArray(),
            together.stream().mapToDouble(Double::doubleValue).toArray());
    assertThat(new ProLong(Mode.CODE, 0.1, 256).score(measured).value())
        .hasValueCloseTo(prolong.at("/lds/code").asDouble(), within(1e-6));
    assertThat(new ProLong(Mode.PAPER, 0.1, 256).score(measured).value())
        .hasValueCloseTo(prolong.at("/lds/paper").asDouble(), within(1e-6));
  }
}
