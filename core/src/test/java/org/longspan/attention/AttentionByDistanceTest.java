package org.longspan.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.longspan.context.ContextWindows;
import org.longspan.score.Score;
import org.longspan.score.Status;

/** Windows of 16 tokens: sink, self, and distances of 1, 2 to 3, 4 to 7, 8 to 15. */
class AttentionByDistanceTest {
  private static final DistanceMasses UNIFORM = new DistanceMasses(4, 1, 1, Heads.ALL);
  private static final DistanceMasses VIEW = new DistanceMasses(4, 1, 1, Heads.ALL);

  @Test
  void theScoreIsTheMeanDoublingOfTheDistance() {
    Score score = score(new double[] {0.4, 0.2, 0.1, 0.1, 0.1, 0.1});

    assertThat(score.value().getAsDouble()).isCloseTo((0 + 1 + 2 + 3) / 4.0, within(1e-12));
    assertThat(score.profile()).containsExactly(0.1, 0.1, 0.1, 0.1);
    assertThat(score.details())
        .containsEntry("sink", 0.4)
        .containsEntry("self", 0.2)
        .containsEntry("windows", 1.0);
    assertThat(score.details().get("effective_distance")).isCloseTo(Math.pow(2, 1.5), within(1e-9));
    assertThat(score.details().get("far_share")).as("from 4 on").isCloseTo(0.5, within(1e-12));
  }

  @Test
  void aLayerOfSinksWeighsLittle() {
    Score score = score(new double[] {0.98, 0, 0, 0, 0, 0.02}, new double[] {0, 0, 0.98, 0, 0, 0});

    assertThat(score.value().getAsDouble()).isCloseTo(3 * 0.02, within(1e-12));
    assertThat(score.details())
        .containsEntry("far_share_layer_0", 1.0)
        .containsEntry("far_share_layer_1", 0.0)
        .containsEntry("sink", 0.49);
  }

  @Test
  void layersKeepTheirNumbers() {
    DistanceMasses view = new DistanceMasses(4, 1, 1, Heads.ofLayers(List.of(5)));
    double[][] masses = {{0, 0, 1, 0, 0, 0}};

    assertThat(
            new AttentionByDistance(16, view, 4)
                .score(AttentionWindows.document(16, view, new double[][][] {masses}))
                .details())
        .containsKey("far_share_layer_5");
  }

  @Test
  void attentionToSinkAndSelfAloneHasNoDistance() {
    Score score = score(new double[] {0.5, 0.5, 0, 0, 0, 0});

    assertThat(score.status()).isEqualTo(Status.FAILED);
    assertThat(score.error()).contains("first tokens");
  }

  @Test
  void aDocumentWithoutAFullWindowIsTooShort() {
    ContextWindows shorter = AttentionWindows.withTail(new ContextWindows(0, List.of()), 15);

    assertThat(new AttentionByDistance(16, VIEW, 4).score(shorter).status())
        .isEqualTo(Status.TOO_SHORT);
  }

  @Property
  void theScoreLiesBetweenTheNearestAndTheFarthestDoubling(
      @ForAll @Size(6) List<@DoubleRange(min = 0.01, max = 1) Double> raw) {
    double sum = raw.stream().mapToDouble(Double::doubleValue).sum();
    double[] masses = raw.stream().mapToDouble(mass -> mass / sum).toArray();

    Score score = score(masses, masses.clone());

    assertThat(score.value().getAsDouble()).isBetween(0.0, 3.0);
    assertThat(Arrays.stream(score.profile()).sum() + masses[0] + masses[1])
        .as("nothing is lost")
        .isCloseTo(1, within(1e-9));
    assertThat(score.value().getAsDouble())
        .as("a second equal layer changes nothing")
        .isCloseTo(score(masses).value().getAsDouble(), within(1e-9));
  }

  @Test
  void whatDoesNotFitTheWindowIsRefused() {
    assertThatThrownBy(() -> new AttentionByDistance(18, VIEW, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("spans of 4 tokens", "a window of 18", "such as 16");
    assertThatThrownBy(() -> new AttentionByDistance(16, VIEW, 8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("choose 1 to 7");
  }

  /**
   * Uniform attention in windows of 256: the mean doubling of a query's distances, over queries.
   */
  @Test
  void aSampleOfUniformAttentionIsNearTheWhole() {
    Score whole =
        new AttentionByDistance(256, UNIFORM, 32)
            .score(
                AttentionWindows.document(256, UNIFORM, new double[][][] {{uniform(256, 0, 256)}}));
    Score few = sampled(16);
    Score many = sampled(32);
    Score all = sampled(64);

    double expected = whole.value().getAsDouble();
    assertThat(few.value().getAsDouble()).isCloseTo(expected, within(0.05));
    assertThat(Math.abs(few.value().getAsDouble() - expected))
        .isLessThanOrEqualTo(2 * few.details().get("score_error"));
    assertThat(many.details().get("score_error"))
        .isBetween(1e-9, few.details().get("score_error") / 1.5);
    assertThat(all.value().getAsDouble()).isCloseTo(expected, within(1e-12));
    assertThat(all.profile()).containsExactly(whole.profile(), within(1e-12));
    assertThat(all.details()).containsEntry("score_error", 0.0);
    assertThat(whole.details()).doesNotContainKey("score_error");
  }

  private static Score sampled(int count) {
    AttentionByDistance sampling = new AttentionByDistance(256, UNIFORM, 32).sampling(count, 5);
    Sampled<double[][]> view = new Sampled<>(UNIFORM, new QueryBlocks(4, count, 5));
    assertThat(sampling.reads()).isEqualTo(view);
    return sampling.score(
        AttentionWindows.document(
            256,
            view,
            view.in(256).stream()
                .map(block -> new double[][] {uniform(256, block.first(), block.end())})
                .toList()));
  }

  /** The mean over some queries, each of which gives its keys the same. */
  private static double[] uniform(int window, int first, int end) {
    double[] masses = new double[DistanceMasses.buckets(window)];

    for (int query = first; query < end; query++) {
      for (int key = 0; key <= query; key++) {
        int bucket = key == query ? 1 : 2 + 31 - Integer.numberOfLeadingZeros(query - key);
        masses[key == 0 ? 0 : bucket] += 1.0 / (query + 1) / (end - first);
      }
    }

    return masses;
  }

  private static Score score(double[]... layers) {
    return new AttentionByDistance(16, VIEW, 4)
        .score(AttentionWindows.document(16, VIEW, new double[][][] {layers}));
  }
}
