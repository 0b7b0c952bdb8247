package org.longspan.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A decoder's weights in the order and form that {@code decoder.pt} wants, the same for every
 * family. What can be a change of a weight is one here, so that the decoder need not know of it:
 *
 * <ul>
 *   <li>a norm before a projection is multiplied into its columns, and the norm's bias b becomes
 *       the projection's: W (w x + b) + c = (W diag(w)) x + (W b + c);
 *   <li>q, k and v are one matrix, and the rows of q and k that turn together stand in pairs, so
 *       that the rotary embedding is a product of complex numbers;
 *   <li>the scale of queries and YaRN's factor go into queries, the scale of embeddings into the
 *       embedding.
 * </ul>
 */
final class DecoderWeights {
  /** Where the rotary frequencies stand, which are angles and not weights. */
  static final int FREQUENCIES = 3;

  private static final int POSITIONS = 6;
  private static final int ENDS = 7;
  private static final int LAYER = 15;

  /** A projection: weight [out, in]; bias [out], or empty. Both are empty where there is none. */
  record Linear(NDArray weight, NDArray bias) {}

  /** A norm: weight [width]; bias [width], or empty. Both are empty where there is none. */
  record Norm(NDArray weight, NDArray bias) {}

  /**
   * What stands before the first layer and after the last, as checkpoints have it.
   *
   * @param embedding [vocabulary, hidden]
   * @param head [vocabulary, width]; the embedding itself where they are tied
   * @param norm before the head
   * @param projection from hidden to the head's width, or empty
   * @param positions [length, hidden], or empty
   */
  record Ends(NDArray embedding, NDArray head, Norm norm, NDArray projection, NDArray positions) {}

  /**
   * What makes a layer's queries, keys and values of the residual stream.
   *
   * @param queryNorm [head size], or empty; {@code keyNorm} likewise
   */
  record Projections(
      Norm norm, Linear query, Linear key, Linear value, NDArray queryNorm, NDArray keyNorm) {}

  /**
   * One layer as checkpoints have it.
   *
   * @param afterAttention the norm behind the attention; {@code afterFeedForward} likewise
   * @param up what multiplies the activation, if anything does
   */
  record Layer(
      Projections projections,
      Linear out,
      Norm afterAttention,
      Norm feedForwardNorm,
      Linear gate,
      Linear up,
      Linear down,
      Norm afterFeedForward) {}

  private final ModelConfig config;
  private final List<Rotary> rotaries;
  private final List<NDArray> arrays = new ArrayList<>();

  private DecoderWeights(ModelConfig config) {
    this.config = config;
    this.rotaries = rotaries(config);
  }

  /**
   * Reads a model's weights. What they are made from is freed layer by layer.
   *
   * @param owner holds the weights
   */
  static DecoderWeights read(ModelConfig config, Checkpoint checkpoint, NDManager owner) {
    ModelFamily family = ModelFamilies.require(config.architecture(), checkpoint.directory());
    DecoderWeights weights = new DecoderWeights(config);

    try (NDManager scratch = owner.newSubManager()) {
      TensorReader tensors = new TensorReader(checkpoint, scratch);
      weights.add(owner, weights.folded(family.ends(config, tensors), scratch));
    }

    for (int i = 0; i < config.layers(); i++) {
      try (NDManager scratch = owner.newSubManager()) {
        TensorReader tensors = new TensorReader(checkpoint, scratch);
        weights.add(owner, weights.folded(family.layer(config, tensors, i), i));
      }
    }

    return weights;
  }

  /**
   * Reads what the first layer's queries and keys are made by; all other weights are empty, and so
   * is the embedding, of which {@link #embedding} reads the rows that are needed.
   *
   * @param owner holds the weights
   */
  static DecoderWeights readFirst(ModelConfig config, Checkpoint checkpoint, NDManager owner) {
    ModelFamily family = ModelFamilies.require(config.architecture(), checkpoint.directory());
    DecoderWeights weights = new DecoderWeights(config);

    try (NDManager scratch = owner.newSubManager()) {
      TensorReader tensors = new TensorReader(checkpoint, scratch);
      NDArray none = tensors.empty();
      NDArray[] arrays = new NDArray[ENDS + LAYER];
      Arrays.fill(arrays, none);
      arrays[FREQUENCIES] = weights.frequencies(scratch);
      arrays[POSITIONS] = family.positions(config, tensors);
      List<NDArray> first = weights.folded(family.projections(config, tensors, 0), 0);

      for (int i = 0; i < first.size(); i++) {
        arrays[ENDS + i] = first.get(i);
      }

      weights.add(owner, List.of(arrays));
    }

    return weights;
  }

  /**
   * The embedding's rows of some tokens, read from the file at each call.
   *
   * @param manager holds the rows
   */
  static NDArray embedding(
      ModelConfig config, Checkpoint checkpoint, int[] tokens, NDManager manager) {
    ModelFamily family = ModelFamilies.require(config.architecture(), checkpoint.directory());
    NDArray rows = family.embedding(config, new TensorReader(checkpoint, manager).of(tokens));
    return rows.muli(config.embedding().scale());
  }

  /** All arrays, as {@code decoder.py} lists them. */
  List<NDArray> arrays() {
    return arrays;
  }

  /** The different rotary embeddings of a model's layers: the rows of its frequencies. */
  static List<Rotary> rotaries(ModelConfig config) {
    return config.pattern().stream()
        .map(ModelConfig.Layer::rotary)
        .flatMap(Optional::stream)
        .distinct()
        .toList();
  }

  private void add(NDManager owner, List<NDArray> made) {
    for (NDArray array : made) {
      array.attach(owner);
      arrays.add(array);
    }
  }

  private List<NDArray> folded(Ends ends, NDManager scratch) {
    double scale = config.embedding().scale();

    if (scale != 1) {
      ends.embedding().muli(scale);

      if (config.embedding().tied()) {
        ends.norm().weight().divi(scale);
      }
    }

    return List.of(
        ends.embedding(),
        ends.head(),
        ends.norm().weight(),
        frequencies(scratch),
        ends.norm().bias(),
        ends.projection(),
        ends.positions());
  }

  /** The projection to queries, keys and values, its bias, and the norms of queries and keys. */
  private List<NDArray> folded(Projections in, int number) {
    Optional<Rotary> rotary = config.pattern().get(number).rotary();
    Linear qkv =
        folded(
            in.norm(),
            new Linear(
                qkv(in.query().weight(), in.key().weight(), in.value().weight(), rotary),
                qkv(in.query().bias(), in.key().bias(), in.value().bias(), rotary)));
    return List.of(qkv.weight(), qkv.bias(), headNorms(in.queryNorm(), in.keyNorm(), rotary));
  }

  private List<NDArray> folded(Layer layer, int number) {
    List<NDArray> qkv = folded(layer.projections(), number);
    Linear gate = folded(layer.feedForwardNorm(), layer.gate());
    Linear up = folded(layer.feedForwardNorm(), layer.up());
    return List.of(
        qkv.get(0),
        qkv.get(1),
        qkv.get(2),
        layer.out().weight(),
        layer.out().bias(),
        layer.afterAttention().weight(),
        layer.afterAttention().bias(),
        gate.weight(),
        gate.bias(),
        up.weight(),
        up.bias(),
        layer.down().weight(),
        layer.down().bias(),
        layer.afterFeedForward().weight(),
        layer.afterFeedForward().bias());
  }

  /** A projection of what a norm gives, as one of what the norm's division gives. */
  private static Linear folded(Norm norm, Linear linear) {
    if (linear.weight().isEmpty() || norm.weight().isEmpty()) {
      return linear;
    }

    NDArray bias = linear.bias();

    if (!norm.bias().isEmpty()) {
      NDArray moved = linear.weight().matMul(norm.bias());
      bias = bias.isEmpty() ? moved : moved.addi(bias);
    }

    return new Linear(linear.weight().muli(norm.weight()), bias);
  }

  /** Weights [rows, in] or biases [rows] of the three, in one. */
  private NDArray qkv(NDArray query, NDArray key, NDArray value, Optional<Rotary> rotary) {
    if (query.isEmpty()) {
      return query;
    }

    int heads = config.attention().heads();
    NDArray scaled = config.attention().normed() ? query : scaled(query, heads, rotary);
    return NDArrays.concat(
        new NDList(
            paired(scaled, heads, rotary),
            paired(key, config.attention().keyHeads(), rotary),
            value));
  }

  /** Weights [(heads + key heads) * head size] of the norms of queries and keys. */
  private NDArray headNorms(NDArray query, NDArray key, Optional<Rotary> rotary) {
    if (query.isEmpty()) {
      return query;
    }

    NDArray queries = paired(scaled(query, 1, rotary), 1, rotary);
    NDArray keys = paired(key, 1, rotary);
    return NDArrays.concat(
        new NDList(
            queries.tile(config.attention().heads()), keys.tile(config.attention().keyHeads())));
  }

  /**
   * Rows of queries times what the model scales products by, over the square root of the head's
   * width, which the decoder itself divides by. Rows that turn carry the rotary embedding's factor
   * for keys too.
   */
  private NDArray scaled(NDArray rows, int heads, Optional<Rotary> rotary) {
    int size = config.attention().size();
    double plain = config.attention().scale() * Math.sqrt(size);
    double factor = rotary.map(r -> r.scaling().attentionFactor()).orElse(1.0);
    int turned = rotary.map(Rotary::width).orElse(0);

    if ((float) plain == 1 && factor == 1) {
      return rows;
    }

    float[] scales = new float[size];
    Arrays.fill(scales, (float) plain);
    Arrays.fill(scales, 0, turned, (float) (plain * factor * factor));
    NDArray scale = rows.getManager().create(scales, new Shape(1, size, 1));
    return rows.reshape(heads, size, -1).mul(scale).reshape(rows.getShape());
  }

  /** The rows of each head that turn from (first half, second half) to pairs, then the rest. */
  private NDArray paired(NDArray rows, int heads, Optional<Rotary> rotary) {
    if (rotary.isEmpty()) {
      return rows;
    }

    int turned = rotary.get().width();
    NDArray byHead = rows.reshape(heads, config.attention().size(), -1);
    NDArray pairs =
        byHead
            .get(new NDIndex(":, :{}", turned))
            .reshape(heads, 2, turned / 2, -1)
            .transpose(0, 2, 1, 3)
            .reshape(heads, turned, -1);
    NDArray rest = byHead.get(new NDIndex(":, {}:", turned));
    NDArray whole = rest.isEmpty() ? pairs : NDArrays.concat(new NDList(pairs, rest), 1);
    return whole.reshape(rows.getShape());
  }

  private NDArray frequencies(NDManager manager) {
    int half = config.attention().size() / 2;

    if (rotaries.isEmpty()) {
      return manager.create(new Shape(0, half));
    }

    NDList rows = new NDList();
    rotaries.forEach(
        rotary -> rows.add(manager.create(rotary.frequencies(config.attention().size()))));
    return NDArrays.stack(rows);
  }
}
