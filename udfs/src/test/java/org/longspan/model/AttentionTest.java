package org.longspan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longspan.attention.AttentionReadings;
import org.longspan.attention.AttentionView;
import org.longspan.attention.DistanceMasses;
import org.longspan.attention.FarMasses;
import org.longspan.attention.Heads;
import org.longspan.attention.QueryBlocks;
import org.longspan.attention.ResponseMasses;
import org.longspan.attention.Sampled;
import org.longspan.attention.SpanMasses;
import org.longspan.attention.SpanMasses.Keys;
import org.longspan.attention.TopPositions;

/** Attention of the starter model, whose four heads share two key heads, against whole matrices. */
class AttentionTest {
  private static final int LENGTH = 512;
  private static final int SPAN = 32;
  private static final int EVERY = 3;
  private static final List<Integer> CHOSEN = List.of(0, 1, 3);
  private static final Heads HEADS = new Heads(new TreeMap<>(Map.of(0, CHOSEN, 2, List.of(2))));
  private static final SpanMasses CAUSAL = new SpanMasses(SPAN, EVERY, Keys.CAUSAL, HEADS);
  private static final SpanMasses EARLIER = new SpanMasses(SPAN, EVERY, Keys.EARLIER, HEADS);
  private static final DistanceMasses DISTANCES = new DistanceMasses(SPAN, EVERY, 5, HEADS);
  private static final ResponseMasses RESPONSE = new ResponseMasses(40, 60, HEADS);
  private static final FarMasses FAR = new FarMasses(100);
  private static final TopPositions TOP = new TopPositions(50, 3);
  private static final List<AttentionView<?>> VIEWS =
      List.of(CAUSAL, EARLIER, DISTANCES, RESPONSE, FAR, TOP);

  @TempDir Path directory;

  private static ModelDirectory starter;
  private static CausalLm model;

  @BeforeAll
  static void openStarter() {
    starter = ModelDirectory.resolve("builtin:starter");
    model = LoadedModels.of(starter, "cpu");
  }

  /** The whole definition in double precision, from the file's weights. */
  @Test
  void weightsOfTheFirstLayerAreThoseOfTheDefinition() {
    int[] row = text(1, LENGTH);
    double[][][] expected = FirstLayerByHand.weights(starter, row);

    for (int head = 0; head < expected.length; head++) {
      double[][] weights = matrix(row, 0, head);

      for (int query = 1; query < LENGTH; query++) {
        assertThat(weights[query])
            .containsExactly(Arrays.copyOf(expected[head][query], query + 1), within(2e-5));
      }
    }
  }

  @Test
  void viewsAreSumsOfTheWholeMatrix() {
    int[] row = text(2, LENGTH);
    AttentionReadings read = model.attend(row, 0, VIEWS, Besides.NOTHING).attention();
    double[][][] weights = FirstLayerByHand.weights(starter, row);
    requireEqual(read, weights, 0);

    FarMasses.Sums far = read.of(FAR);

    for (int head = 0; head < 4; head++) {
      double sum = 0;
      double squares = 0;

      for (int q = FAR.distance(); q < LENGTH; q++) {
        double[] query = weights[head][q];

        for (int key = 0; key <= q - FAR.distance(); key++) {
          sum += query[key];
          squares += query[key] * query[key];
        }
      }

      assertThat(far.weights()[head]).isCloseTo(sum, within(1e-4 * sum));
      assertThat(far.squares()[head]).isCloseTo(squares, within(1e-4 * squares));
    }
  }

  @Test
  void viewsOfSeveralLayersAreThoseOfEach() {
    int[] row = text(12, LENGTH);
    AttentionReadings all = model.attend(row, 0, VIEWS, Besides.NOTHING).attention();
    Heads third = new Heads(new TreeMap<>(Map.of(2, List.of(2))));
    requireNear(all.of(EARLIER)[1], read(row, new SpanMasses(SPAN, EVERY, Keys.EARLIER, third))[0]);
    requireNear(all.of(CAUSAL)[1], read(row, new SpanMasses(SPAN, EVERY, Keys.CAUSAL, third))[0]);
    assertThat(all.of(RESPONSE)[1])
        .containsExactly(read(row, new ResponseMasses(40, 60, third))[0], within(1e-6));
    assertThat(all.of(DISTANCES)[1])
        .containsExactly(read(row, new DistanceMasses(SPAN, EVERY, 5, third))[0], within(1e-6));
  }

  private static void requireNear(double[][] read, double[][] expected) {
    assertThat(read.length).isEqualTo(expected.length);

    for (int i = 0; i < read.length; i++) {
      assertThat(read[i]).containsExactly(expected[i], within(1e-5));
    }
  }

  /** A start token is seen, is in the sink, and moves no border. */
  @Test
  void tokensBeforeTheWindowMoveNoBorder() {
    int[] row = text(3, LENGTH + 1);
    AttentionReadings read = model.attend(row, 1, VIEWS, Besides.NOTHING).attention();
    requireEqual(read, FirstLayerByHand.weights(starter, row), 1);
  }

  @Test
  void bucketsOfAllDistancesSumToOne() {
    DistanceMasses all = new DistanceMasses(128, 2, 4, Heads.ALL);
    double[][] read = read(text(4, 2048), all);
    assertThat(read).hasNumberOfRows(4);

    for (double[] layer : read) {
      assertThat(layer).hasSize(DistanceMasses.buckets(2048));
      assertThat(Arrays.stream(layer).sum()).isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void blocksOfQueriesAddUpToTheWhole() {
    DistanceMasses every = new DistanceMasses(SPAN, 1, 5, HEADS);
    Sampled<double[][]> distances = new Sampled<>(every, new QueryBlocks(SPAN, 1000, 0));
    Sampled<FarMasses.Sums> far = new Sampled<>(FAR, new QueryBlocks(SPAN, 1000, 0));
    AttentionReadings read =
        model
            .attend(text(11, LENGTH), 0, List.of(every, FAR, distances, far), Besides.NOTHING)
            .attention();

    assertThat(read.of(distances)).hasSize(LENGTH / SPAN);
    assertThat(read.of(far)).hasSize(13);

    for (int layer = 0; layer < 2; layer++) {
      for (int b = 0; b < read.of(every)[layer].length; b++) {
        int number = layer;
        int bucket = b;
        assertThat(
                read.of(distances).stream()
                    .mapToDouble(block -> block[number][bucket])
                    .average()
                    .getAsDouble())
            .isCloseTo(read.of(every)[layer][b], within(1e-6));
      }
    }

    for (int h = 0; h < 4; h++) {
      int head = h;
      assertThat(read.of(far).stream().mapToDouble(block -> block.weights()[head]).sum())
          .isCloseTo(read.of(FAR).weights()[head], within(1e-4));
      assertThat(read.of(far).stream().mapToDouble(block -> block.squares()[head]).sum())
          .isCloseTo(read.of(FAR).squares()[head], within(1e-6));
    }
  }

  @Test
  void drawnBlocksShowWhatTheyShowAmongAll() {
    DistanceMasses every = new DistanceMasses(SPAN, 1, 5, HEADS);
    Sampled<double[][]> all = new Sampled<>(every, new QueryBlocks(SPAN, 1000, 0));
    Sampled<double[][]> some = new Sampled<>(every, new QueryBlocks(SPAN, 5, 9));
    Sampled<FarMasses.Sums> allFar = new Sampled<>(FAR, new QueryBlocks(SPAN, 1000, 0));
    Sampled<FarMasses.Sums> someFar = new Sampled<>(FAR, new QueryBlocks(SPAN, 5, 9));
    AttentionReadings read =
        model
            .attend(text(12, LENGTH), 0, List.of(all, some, allFar, someFar), Besides.NOTHING)
            .attention();

    assertThat(read.of(some)).hasSize(5);

    for (int h = 0; h < 5; h++) {
      int place = all.in(LENGTH).indexOf(alone(some.in(LENGTH).get(h)));
      int farPlace = allFar.in(LENGTH).indexOf(alone(someFar.in(LENGTH).get(h)));
      requireNear(read.of(some).get(h), read.of(all).get(place));
      assertThat(read.of(someFar).get(h).weights())
          .containsExactly(read.of(allFar).get(farPlace).weights(), within(1e-5));
    }
  }

  private static QueryBlocks.Block alone(QueryBlocks.Block block) {
    return new QueryBlocks.Block(block.first(), block.end(), 1);
  }

  @Test
  void keysBeforeASpanHaveAllOfItsWeight() {
    double[][][] read = read(text(5, LENGTH), new SpanMasses(SPAN, 1, Keys.EARLIER, Heads.ALL));
    assertThat(read.length).isEqualTo(4);

    for (double[][] layer : read) {
      assertThat(layer).hasNumberOfRows(LENGTH / SPAN - 1);

      for (int i = 0; i < layer.length; i++) {
        assertThat(layer[i]).hasSize(i + 2);
        assertThat(layer[i][i + 1]).isZero();
        assertThat(Arrays.stream(layer[i]).sum()).isCloseTo(SPAN, within(1e-4));
      }
    }
  }

  @Test
  void whatIsSaidBesidesIsWhatIsSaidAlone() {
    int[] row = text(6, 96);
    Set<SpanMasses> views = Set.of(new SpanMasses(SPAN, 1, Keys.CAUSAL, Heads.ALL));
    Predictions said = model.predict(new int[][] {row});
    Attended alone = model.attend(row, 0, views, Besides.NOTHING);
    Attended losses = model.attend(row, 0, views, Besides.LOSSES);
    Attended all = model.attend(row, 0, views, Besides.PREDICTIONS);
    SpanMasses view = views.iterator().next();

    assertThat(alone.predictions().losses()).isEmpty();
    assertThat(losses.predictions().losses()).containsExactly(said.losses()[0]);
    assertThat(losses.predictions().entropies()).isEmpty();
    assertThat(all.predictions().losses()).containsExactly(said.losses()[0]);
    assertThat(all.predictions().entropies()).containsExactly(said.entropies()[0]);
    assertThat(all.predictions().first()).containsExactly(said.first()[0]);
    assertThat(losses.attention().of(view)).isDeepEqualTo(alone.attention().of(view));
    assertThat(all.attention().of(view)).isDeepEqualTo(alone.attention().of(view));
  }

  @Test
  void theFirstLayerAloneShowsWhatTheWholeModelShows() {
    int[] row = text(7, 2049);
    Heads first = Heads.ofLayers(List.of(0));
    DistanceMasses distances = new DistanceMasses(128, 3, 4, first);
    List<AttentionView<?>> views = List.of(FAR, distances);

    try (CausalLm light = CausalLm.openFirstLayer(starter, "cpu")) {
      AttentionReadings whole = model.attend(row, 1, views, Besides.NOTHING).attention();
      AttentionReadings alone = light.attend(row, 1, views, Besides.NOTHING).attention();
      assertThat(alone.of(FAR).weights()).containsExactly(whole.of(FAR).weights(), within(1e-4));
      assertThat(alone.of(FAR).squares()).containsExactly(whole.of(FAR).squares(), within(1e-6));
      assertThat(alone.of(distances)[0]).containsExactly(whole.of(distances)[0], within(1e-6));
      assertThat(light.arraysHeld()).isLessThan(model.arraysHeld());
    }
  }

  /** A checkpoint of which only the tensors of the first queries and keys are there. */
  @Test
  void theFirstLayerNeedsNoOtherTensor() throws IOException {
    TinyModel tiny = TinyModel.untied();
    ModelDirectory whole = tiny.write(directory.resolve("whole"), Safetensors.Type.BF16, 3);
    tiny.keep(
        "model.embed_tokens.weight",
        "model.layers.0.input_layernorm.weight",
        "model.layers.0.self_attn.q_proj.weight",
        "model.layers.0.self_attn.k_proj.weight",
        "model.layers.0.self_attn.v_proj.weight");
    ModelDirectory part = tiny.write(directory.resolve("part"), Safetensors.Type.BF16, 2);
    FarMasses far = new FarMasses(2);
    int[] row = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3};

    try (CausalLm light = CausalLm.openFirstLayer(part, "cpu");
        CausalLm all = CausalLm.open(whole)) {
      assertThat(light.attend(row, 0, Set.of(far), Besides.NOTHING).attention().of(far).weights())
          .containsExactly(
              all.attend(row, 0, Set.of(far), Besides.NOTHING).attention().of(far).weights(),
              within(1e-6));
    }

    assertThatThrownBy(() -> CausalLm.open(part)).isInstanceOf(ModelException.class);
  }

  @Test
  void theFirstLayerAloneSaysNothingElse() {
    try (CausalLm light = CausalLm.openFirstLayer(starter, "cpu")) {
      int[] row = text(8, 128);
      assertThatThrownBy(() -> light.losses(new int[][] {row}))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("Only the first layer of builtin:starter was read");
      assertThatThrownBy(() -> light.attend(row, 0, Set.of(FAR), Besides.LOSSES))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("Only the first layer");
      assertThatThrownBy(
              () ->
                  light.attend(
                      row,
                      0,
                      Set.of(new SpanMasses(32, 1, Keys.CAUSAL, Heads.ALL)),
                      Besides.NOTHING))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("Only the first layer");
      assertThatThrownBy(() -> light.requireHeads(Heads.ALL)).isInstanceOf(ModelException.class);
      light.requireHeads(Heads.ofLayers(List.of(0)));
    }
  }

  @Test
  void losesNothingOverManyPasses() {
    try (CausalLm light = CausalLm.openFirstLayer(starter, "cpu")) {
      int whole = model.arraysHeld();
      int first = light.arraysHeld();

      for (int i = 0; i < 50; i++) {
        int[] row = text(i, 128);
        model.attend(
            row, 0, Set.of(FAR, new SpanMasses(32, 1, Keys.EARLIER, HEADS)), Besides.LOSSES);
        light.attend(row, 0, Set.of(FAR), Besides.NOTHING);
      }

      assertThat(model.arraysHeld()).isEqualTo(whole);
      assertThat(light.arraysHeld()).isEqualTo(first);
    }
  }

  @Test
  void halfPrecisionIsNearSinglePrecision() {
    int[] row = text(9, 256);
    DistanceMasses view = new DistanceMasses(64, 1, 4, Heads.ALL);

    try (CausalLm half = CausalLm.open(starter, PyTorch.manager("cpu"), Precision.HALF)) {
      double[][] near = half.attend(row, 0, Set.of(view), Besides.NOTHING).attention().of(view);
      double[][] single = read(row, view);

      for (int layer = 0; layer < near.length; layer++) {
        assertThat(near[layer]).containsExactly(single[layer], within(5e-3));
      }
    }
  }

  @Test
  void layersAndHeadsMustBeThere() {
    refused(new SpanMasses(32, 1, Keys.CAUSAL, Heads.ofLayers(List.of(4))))
        .hasMessage("There is no layer 4: the model's 4 layers are 0 to 3.");
    Heads heads = new Heads(new TreeMap<>(Map.of(1, List.of(4))));
    refused(new DistanceMasses(32, 1, 0, heads))
        .hasMessage("There is no head 4: each layer of the model has 4, 0 to 3.");
    assertThatThrownBy(() -> model.requireHeads(heads)).hasMessageContaining("no head 4");
  }

  @Test
  void windowsMustShowTheView() {
    refused(new SpanMasses(48, 1, Keys.CAUSAL, Heads.ALL))
        .hasMessageContaining("A window of 128 tokens")
        .hasMessageContaining("span=48");
    refused(new SpanMasses(128, 1, Keys.CAUSAL, Heads.ALL)).hasMessageContaining("more than one");
    refused(new FarMasses(128)).hasMessageContaining("distance=128");
    refused(new ResponseMasses(100, 32, Heads.ALL)).hasMessageContaining("response=100");
    assertThat(CausalLm.shows(new FarMasses(127), 128)).isTrue();
    assertThat(CausalLm.shows(new ResponseMasses(96, 32, Heads.ALL), 128)).isTrue();
    assertThat(CausalLm.shows(new DistanceMasses(128, 1, 0, Heads.ALL), 128)).isTrue();
  }

  @Test
  void rowsMustBeRead() {
    assertThatThrownBy(() -> model.attend(text(1, 8), 8, Set.of(FAR), Besides.NOTHING))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("8 cannot stand before the window");
    assertThatThrownBy(() -> model.attend(text(1, 8), 0, Set.of(), Besides.NOTHING))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("No view");
    assertThatThrownBy(
            () -> model.attend(new int[] {1, 9000}, 0, Set.of(new FarMasses(1)), Besides.NOTHING))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("9000");
  }

  private static AbstractThrowableAssert<?, ?> refused(AttentionView<?> view) {
    return assertThatThrownBy(() -> model.attend(text(1, 128), 0, Set.of(view), Besides.NOTHING))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /**
   * Compares every view of the first layer's chosen heads with sums over their whole matrices.
   *
   * @param matrices [head][query][key] of the whole row
   * @param before tokens of the row before the window
   */
  private static void requireEqual(AttentionReadings read, double[][][] matrices, int before) {
    int[] spans = CAUSAL.queries(LENGTH);
    assertThat(spans).containsExactly(3, 6, 9, 12, 15);
    double[][] causal = new double[spans.length][];
    double[][] earlier = new double[spans.length][];
    double[] buckets = new double[DistanceMasses.buckets(LENGTH)];
    double[] segments = new double[(LENGTH - RESPONSE.response()) / RESPONSE.segment()];

    for (int head : CHOSEN) {
      double[][] weights = matrices[head];

      for (int i = 0; i < spans.length; i++) {
        causal[i] = causal[i] == null ? new double[spans[i] + 1] : causal[i];
        earlier[i] = earlier[i] == null ? new double[spans[i] + 1] : earlier[i];

        for (int query = spans[i] * SPAN; query < (spans[i] + 1) * SPAN; query++) {
          double[] keys = Arrays.copyOfRange(weights[before + query], before, before + query + 1);
          double whole = Arrays.stream(keys, 0, spans[i] * SPAN).sum();

          for (int key = 0; key <= query; key++) {
            causal[i][key / SPAN] += keys[key] / CHOSEN.size();
            earlier[i][key / SPAN] += key < spans[i] * SPAN ? keys[key] / whole / CHOSEN.size() : 0;
          }
        }
      }

      for (int query = 0; query < LENGTH; query++) {
        for (int key = -before; key <= query; key++) {
          double weight = weights[before + query][before + key] / CHOSEN.size();

          if ((LENGTH - 1 - query) / SPAN % EVERY == 0) {
            buckets[bucket(query, key)] += weight / SPAN / 6;
          }

          if (query >= LENGTH - RESPONSE.response()
              && key >= 0
              && key / RESPONSE.segment() < segments.length) {
            segments[key / RESPONSE.segment()] += weight / RESPONSE.response();
          }
        }
      }
    }

    for (int i = 0; i < spans.length; i++) {
      assertThat(read.of(CAUSAL)[0][i]).containsExactly(causal[i], within(2e-5));
      assertThat(read.of(EARLIER)[0][i]).containsExactly(earlier[i], within(2e-5));
    }

    assertThat(read.of(DISTANCES)[0]).containsExactly(buckets, within(1e-6));
    assertThat(read.of(RESPONSE)[0]).containsExactly(segments, within(1e-6));

    for (int head = 0; head < matrices.length; head++) {
      for (int i = 0; i < TOP.queries(); i++) {
        int query = LENGTH - TOP.queries() + i;
        double[] keys =
            Arrays.copyOfRange(matrices[head][before + query], before, before + query + 1);
        requireHighest(keys, read.of(TOP)[0][i][head]);
      }
    }
  }

  /** Positions of the highest weights; near ones may stand in either order. */
  private static void requireHighest(double[] weights, int[] positions) {
    double[] sorted = Arrays.stream(weights).sorted().toArray();
    assertThat(positions).doesNotHaveDuplicates();

    for (int k = 0; k < positions.length; k++) {
      assertThat(weights[positions[k]])
          .isCloseTo(sorted[sorted.length - 1 - k], within(1e-4 * sorted[sorted.length - 1 - k]));
    }
  }

  @Test
  void highestPositionsOfAllLayersAreThoseOfWholeMatrices() {
    int[] row = text(13, 256);
    int[][][][] top = read(row, new TopPositions(7, 2));
    assertThat(top.length).isEqualTo(4);

    for (int layer = 0; layer < 4; layer++) {
      for (int head = 0; head < 4; head++) {
        double[][] weights = matrix(row, layer, head);

        for (int i = 0; i < 7; i++) {
          requireHighest(weights[249 + i], top[layer][i][head]);
        }
      }
    }
  }

  @Test
  void whereFewerPositionsAreSeenNoneIsMadeUp() {
    int[][][] top = read(text(14, 4), new TopPositions(4, 3))[2];

    assertThat(top[0][1]).containsExactly(0, -1, -1);
    assertThat(top[1][1]).containsExactlyInAnyOrder(0, 1, -1).endsWith(-1);
    assertThat(top[3][1]).doesNotHaveDuplicates().doesNotContain(-1);
    assertThat(CausalLm.shows(new TopPositions(5, 1), 4)).isFalse();
  }

  private static int bucket(int query, int key) {
    return key < DISTANCES.sink() ? 0 : 33 - Integer.numberOfLeadingZeros(query - key);
  }

  /** The weights of one head, [query][key up to the query]. */
  private static double[][] matrix(int[] row, int layer, int head) {
    Heads only = new Heads(new TreeMap<>(Map.of(layer, List.of(head))));
    double[][] later = read(row, new SpanMasses(1, 1, Keys.CAUSAL, only))[0];
    double[][] matrix = new double[row.length][];
    matrix[0] = new double[] {1};
    System.arraycopy(later, 0, matrix, 1, later.length);
    return matrix;
  }

  private static <R> R read(int[] row, AttentionView<R> view) {
    return model.attend(row, 0, Set.of(view), Besides.NOTHING).attention().of(view);
  }

  private static int[] text(int seed, int length) {
    return new Random(seed).ints(length, 3, 8192).toArray();
  }

  /** The attention of a Llama's first layer, word for word. */
  private static final class FirstLayerByHand {
    private static double[][][] weights(ModelDirectory directory, int[] row) {
      ModelConfig config = directory.config();
      int hidden = config.hidden();
      int size = config.attention().size();
      int group = config.attention().heads() / config.attention().keyHeads();

      try (NDManager manager = PyTorch.manager("cpu")) {
        TensorReader tensors = new TensorReader(directory.checkpoint(), manager);
        float[] embedding =
            tensors
                .read("model.embed_tokens.weight", new Shape(config.vocabulary(), hidden))
                .toFloatArray();
        TensorReader layer = tensors.within("model.layers.0.");
        float[] norm = layer.read("input_layernorm.weight", new Shape(hidden)).toFloatArray();
        double[][] states = new double[row.length][hidden];

        for (int t = 0; t < row.length; t++) {
          double square = 0;

          for (int i = 0; i < hidden; i++) {
            states[t][i] = embedding[row[t] * hidden + i];
            square += states[t][i] * states[t][i] / hidden;
          }

          for (int i = 0; i < hidden; i++) {
            states[t][i] *= norm[i] / Math.sqrt(square + config.norms().epsilon());
          }
        }

        double[][][] weights = new double[config.attention().heads()][][];

        for (int head = 0; head < weights.length; head++) {
          double[][] q = turned(layer, "self_attn.q_proj.weight", head, config, states);
          double[][] k = turned(layer, "self_attn.k_proj.weight", head / group, config, states);
          weights[head] = softmax(q, k, size);
        }

        return weights;
      }
    }

    private static double[][] turned(
        TensorReader layer, String name, int head, ModelConfig config, double[][] states) {
      int hidden = config.hidden();
      int size = config.attention().size();
      int heads =
          name.contains("q_proj") ? config.attention().heads() : config.attention().keyHeads();
      float[] rows = layer.read(name, new Shape((long) heads * size, hidden)).toFloatArray();
      double[][] turned = new double[states.length][size];

      for (int t = 0; t < states.length; t++) {
        double[] plain = new double[size];

        for (int i = 0; i < size; i++) {
          for (int j = 0; j < hidden; j++) {
            plain[i] += rows[(head * size + i) * hidden + j] * states[t][j];
          }
        }

        for (int i = 0; i < size / 2; i++) {
          double angle = t / Math.pow(10_000, 2.0 * i / size);
          turned[t][i] = plain[i] * Math.cos(angle) - plain[i + size / 2] * Math.sin(angle);
          turned[t][i + size / 2] =
              plain[i + size / 2] * Math.cos(angle) + plain[i] * Math.sin(angle);
        }
      }

      return turned;
    }

    private static double[][] softmax(double[][] q, double[][] k, int size) {
      double[][] weights = new double[q.length][q.length];

      for (int query = 0; query < q.length; query++) {
        double sum = 0;

        for (int key = 0; key <= query; key++) {
          double product = 0;

          for (int i = 0; i < size; i++) {
            product += q[query][i] * k[key][i];
          }

          weights[query][key] = Math.exp(product / Math.sqrt(size));
          sum += weights[query][key];
        }

        for (int key = 0; key <= query; key++) {
          weights[query][key] /= sum;
        }
      }

      return weights;
    }
  }
}
