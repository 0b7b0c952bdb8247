package org.longspan.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.Optional;
import org.longspan.model.DecoderWeights.Linear;
import org.longspan.model.ModelConfig.Attention;
import org.longspan.model.ModelConfig.Embedding;
import org.longspan.model.ModelConfig.FeedForward;
import org.longspan.model.ModelConfig.Layer;
import org.longspan.model.ModelConfig.Norms;

/**
 * GPT-NeoX (arXiv 2204.06745) and Pythia: attention and feed-forward side by side, a rotary
 * embedding of a part of each head, and one projection whose rows are q, k and v of one head after
 * the other.
 */
final class GptNeoXFamily implements ModelFamily {
  private static final double TURNED_PART = 0.25;

  @Override
  public String architecture() {
    return "GPTNeoXForCausalLM";
  }

  @Override
  public ModelConfig config(ConfigFile file) {
    int hidden = file.positive("hidden_size");
    int heads = file.positive("num_attention_heads");
    int size = hidden / heads;
    boolean biased = file.flag("attention_bias", true);
    Rotary rotary =
        Rotary.read(
            file,
            Rotary.parameters(file),
            size,
            "rotary_emb_base",
            10_000,
            file.number("rotary_pct", TURNED_PART));
    return new ModelConfig(
        architecture(),
        file.positive("vocab_size"),
        file.token("bos_token_id"),
        file.positive("max_position_embeddings"),
        hidden,
        new Embedding(hidden, 1, file.flag("tie_word_embeddings", false), false),
        Attention.plain(heads, heads, size).withBiases(biased, biased),
        new FeedForward(
            file.positive("intermediate_size"),
            file.activation("hidden_act", Activation.GELU),
            false,
            true),
        new Norms(
            Norms.Kind.MEAN_AND_SCALE,
            file.number("layer_norm_eps", 1e-5),
            0,
            Norms.Place.BEFORE,
            true),
        file.flag("use_parallel_residual", true),
        0,
        Collections.nCopies(file.positive("num_hidden_layers"), new Layer(0, Optional.of(rotary))));
  }

  @Override
  public NDArray embedding(ModelConfig config, TensorReader tensors) {
    return body(tensors).vocabulary("embed_in.weight", config.vocabulary(), config.hidden());
  }

  @Override
  public NDArray positions(ModelConfig config, TensorReader tensors) {
    return tensors.empty();
  }

  @Override
  public DecoderWeights.Ends ends(ModelConfig config, TensorReader tensors) {
    TensorReader body = body(tensors);
    Shape vocabulary = new Shape(config.vocabulary(), config.hidden());
    NDArray embedding = embedding(config, tensors);
    // Files of transformers 5 may name the head as all families do.
    String head = tensors.has("lm_head.weight") ? "lm_head.weight" : "embed_out.weight";
    return new DecoderWeights.Ends(
        embedding,
        config.embedding().tied() ? embedding : tensors.read(head, vocabulary),
        body.norm("final_layer_norm", config.hidden(), true),
        body.empty(),
        positions(config, tensors));
  }

  @Override
  public DecoderWeights.Projections projections(
      ModelConfig config, TensorReader tensors, int number) {
    TensorReader layer = body(tensors).within("layers." + number + ".");
    int hidden = config.hidden();
    boolean biased = config.attention().biased();
    Linear fused = layer.linear("attention.query_key_value", 3 * hidden, hidden, biased);

    return new DecoderWeights.Projections(
        layer.norm("input_layernorm", hidden, true),
        third(fused, 0, config.attention()),
        third(fused, 1, config.attention()),
        third(fused, 2, config.attention()),
        layer.empty(),
        layer.empty());
  }

  @Override
  public DecoderWeights.Layer layer(ModelConfig config, TensorReader tensors, int number) {
    TensorReader layer = body(tensors).within("layers." + number + ".");
    int hidden = config.hidden();
    int inner = config.feedForward().inner();
    boolean biased = config.attention().biased();

    return new DecoderWeights.Layer(
        projections(config, tensors, number),
        layer.linear("attention.dense", hidden, hidden, biased),
        layer.noNorm(),
        layer.norm("post_attention_layernorm", hidden, true),
        layer.linear("mlp.dense_h_to_4h", inner, hidden, true),
        layer.noLinear(),
        layer.linear("mlp.dense_4h_to_h", hidden, inner, true),
        layer.noNorm());
  }

  /** The rows of q, k or v out of those that alternate head by head. */
  private static Linear third(Linear fused, int which, Attention attention) {
    return new Linear(
        third(fused.weight(), which, attention), third(fused.bias(), which, attention));
  }

  private static NDArray third(NDArray rows, int which, Attention attention) {
    if (rows.isEmpty()) {
      return rows.duplicate();
    }

    int size = attention.size();
    long columns = rows.size() / (3L * attention.heads() * size);
    NDList parts = rows.reshape(attention.heads(), 3, size, columns).split(3, 1);
    Shape shape =
        columns == 1 && rows.getShape().dimension() == 1
            ? new Shape((long) attention.heads() * size)
            : new Shape((long) attention.heads() * size, columns);
    return parts.get(which).reshape(shape);
  }

  private static TensorReader body(TensorReader tensors) {
    return tensors.under("embed_in.weight", "gpt_neox.", "");
  }
}
