package org.longspan.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.longspan.model.DecoderWeights.Linear;
import org.longspan.model.ModelConfig.Attention;
import org.longspan.model.ModelConfig.Embedding;
import org.longspan.model.ModelConfig.FeedForward;
import org.longspan.model.ModelConfig.Layer;
import org.longspan.model.ModelConfig.Norms;

/**
 * GPT-2 (Radford et al. 2019): learned positions, LayerNorm, biases, GELU. Its projections are
 * stored as [in, out], those to queries, keys and values as one.
 */
final class Gpt2Family implements ModelFamily {
  @Override
  public String architecture() {
    return "GPT2LMHeadModel";
  }

  @Override
  public ModelConfig config(ConfigFile file) {
    file.requireUnset("scale_attn_by_inverse_layer_idx");
    file.requireUnset("add_cross_attention");
    int hidden = file.positive("n_embd");
    int heads = file.positive("n_head");
    Attention attention = Attention.plain(heads, heads, hidden / heads).withBiases(true, true);
    return new ModelConfig(
        architecture(),
        file.positive("vocab_size"),
        file.token("bos_token_id"),
        file.positive("n_positions"),
        hidden,
        new Embedding(hidden, 1, file.flag("tie_word_embeddings", true), true),
        file.flag("scale_attn_weights", true) ? attention : attention.scaledBy(1),
        new FeedForward(
            file.positive("n_inner", 4 * hidden),
            file.activation("activation_function", Activation.GELU_TANH),
            false,
            true),
        new Norms(
            Norms.Kind.MEAN_AND_SCALE,
            file.number("layer_norm_epsilon", 1e-5),
            0,
            Norms.Place.BEFORE,
            true),
        false,
        0,
        Collections.nCopies(file.positive("n_layer"), new Layer(0, Optional.empty())));
  }

  @Override
  public NDArray embedding(ModelConfig config, TensorReader tensors) {
    return body(tensors).vocabulary("wte.weight", config.vocabulary(), config.hidden());
  }

  @Override
  public NDArray positions(ModelConfig config, TensorReader tensors) {
    return body(tensors).read("wpe.weight", new Shape(config.positions(), config.hidden()));
  }

  @Override
  public DecoderWeights.Ends ends(ModelConfig config, TensorReader tensors) {
    TensorReader body = body(tensors);
    int hidden = config.hidden();
    Shape vocabulary = new Shape(config.vocabulary(), hidden);
    NDArray embedding = embedding(config, tensors);
    return new DecoderWeights.Ends(
        embedding,
        config.embedding().tied() ? embedding : tensors.read("lm_head.weight", vocabulary),
        body.norm("ln_f", hidden, true),
        body.empty(),
        positions(config, tensors));
  }

  @Override
  public DecoderWeights.Projections projections(
      ModelConfig config, TensorReader tensors, int number) {
    TensorReader layer = body(tensors).within("h." + number + ".");
    int hidden = config.hidden();
    List<Linear> parts = thirds(projection(layer, "attn.c_attn", 3 * hidden, hidden));

    return new DecoderWeights.Projections(
        layer.norm("ln_1", hidden, true),
        parts.get(0),
        parts.get(1),
        parts.get(2),
        layer.empty(),
        layer.empty());
  }

  @Override
  public DecoderWeights.Layer layer(ModelConfig config, TensorReader tensors, int number) {
    TensorReader layer = body(tensors).within("h." + number + ".");
    int hidden = config.hidden();
    int inner = config.feedForward().inner();

    return new DecoderWeights.Layer(
        projections(config, tensors, number),
        projection(layer, "attn.c_proj", hidden, hidden),
        layer.noNorm(),
        layer.norm("ln_2", hidden, true),
        projection(layer, "mlp.c_fc", inner, hidden),
        layer.noLinear(),
        projection(layer, "mlp.c_proj", hidden, inner),
        layer.noNorm());
  }

  private static Linear projection(TensorReader tensors, String name, int out, int in) {
    return new Linear(
        tensors.read(name + ".weight", new Shape(in, out)).transpose(),
        tensors.read(name + ".bias", new Shape(out)));
  }

  private static List<Linear> thirds(Linear whole) {
    NDList weights = whole.weight().split(3);
    NDList biases = whole.bias().split(3);
    return List.of(
        new Linear(weights.get(0), biases.get(0)),
        new Linear(weights.get(1), biases.get(1)),
        new Linear(weights.get(2), biases.get(2)));
  }

  private static TensorReader body(TensorReader tensors) {
    return tensors.under("wte.weight", "transformer.", "");
  }
}
