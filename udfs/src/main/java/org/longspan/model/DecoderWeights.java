package org.longspan.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;

/**
 * A decoder's weights in the order and form that {@code decoder.pt} wants: each norm multiplied
 * into the columns of the projections that read it, q, k and v in one matrix, and the rows of q and
 * k in pairs (i, i + size / 2), so that the rotary embedding is a product of complex numbers.
 */
final class DecoderWeights {
  /** Where the rotary frequencies stand, which are angles and not weights. */
  static final int FREQUENCIES = 3;

  /** A projection: weight [out, in]; bias [out], or empty. */
  record Linear(NDArray weight, NDArray bias) {}

  /** One layer as checkpoints have it. */
  record Layer(
      NDArray inputNorm,
      Linear query,
      Linear key,
      Linear value,
      Linear out,
      NDArray innerNorm,
      Linear gate,
      Linear up,
      Linear down) {}

  private final ModelConfig config;
  private final List<NDArray> arrays = new ArrayList<>();

  DecoderWeights(ModelConfig config, NDArray embedding, NDArray head, NDArray norm) {
    this.config = config;
    arrays.add(embedding);
    arrays.add(head);
    arrays.add(norm);
    arrays.add(embedding.getManager().create(frequencies(config)));
  }

  /** Appends a layer, and frees what it was made from. */
  void add(Layer layer) {
    NDManager owner = arrays.get(0).getManager();

    try (NDManager scratch = owner.newSubManager()) {
      Layer lent = attach(layer, scratch);
      NDArray qkv =
          NDArrays.concat(
              new NDList(
                  paired(lent.query().weight(), config.heads()),
                  paired(lent.key().weight(), config.keyHeads()),
                  lent.value().weight()));
      NDArray qkvBias =
          lent.query().bias().isEmpty()
              ? lent.query().bias()
              : NDArrays.concat(
                  new NDList(
                      paired(lent.query().bias(), config.heads()),
                      paired(lent.key().bias(), config.keyHeads()),
                      lent.value().bias()));

      for (NDArray made :
          List.of(
              qkv.muli(lent.inputNorm()),
              qkvBias,
              lent.out().weight(),
              lent.out().bias(),
              lent.gate().weight().muli(lent.innerNorm()),
              lent.gate().bias(),
              lent.up().weight().muli(lent.innerNorm()),
              lent.up().bias(),
              lent.down().weight(),
              lent.down().bias())) {
        made.attach(owner);
        arrays.add(made);
      }
    }
  }

  /** All arrays; the first four are the embedding, the head, the last norm and the frequencies. */
  List<NDArray> arrays() {
    return arrays;
  }

  /**
   * Angles a position, one for each pair of a head's rows. In single precision at each step, as the
   * models were trained and as transformers computes them: at position 30,000 a rounding of the
   * frequency is a visible turn.
   */
  private static float[] frequencies(ModelConfig config) {
    float[] frequencies = new float[config.headSize() / 2];

    for (int i = 0; i < frequencies.length; i++) {
      float exponent = (float) (2 * i) / config.headSize();
      frequencies[i] = 1f / (float) Math.pow(config.rotaryBase(), exponent);
    }

    return frequencies;
  }

  /** Rows of each head from (first half, second half) to pairs. */
  private NDArray paired(NDArray rows, int heads) {
    long size = config.headSize();
    long columns = rows.size() / (heads * size);
    return rows.reshape(heads, 2, size / 2, columns).transpose(0, 2, 1, 3).reshape(rows.getShape());
  }

  private static Layer attach(Layer layer, NDManager manager) {
    layer.inputNorm().attach(manager);
    layer.innerNorm().attach(manager);

    for (Linear linear :
        List.of(
            layer.query(),
            layer.key(),
            layer.value(),
            layer.out(),
            layer.gate(),
            layer.up(),
            layer.down())) {
      linear.weight().attach(manager);
      linear.bias().attach(manager);
    }

    return layer;
  }
}
