package org.longspan.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.longspan.model.ModelConfig.Attention;
import org.longspan.model.ModelConfig.Embedding;
import org.longspan.model.ModelConfig.FeedForward;
import org.longspan.model.ModelConfig.Layer;
import org.longspan.model.ModelConfig.Norms;

/**
 * OPT (arXiv 2205.01068): learned positions, LayerNorm, biases, ReLU. OPT-350M, which ProLong
 * measured with, has its norms behind each block and an embedding narrower than its layers.
 */
final class OptFamily implements ModelFamily {
  // The first two rows of the table of positions were for padding.
  private static final int UNUSED_POSITIONS = 2;
  // PyTorch's default, which OPT has no key for.
  private static final double EPSILON = 1e-5;

  @Override
  public String architecture() {
    return "OPTForCausalLM";
  }

  @Override
  public ModelConfig config(ConfigFile file) {
    if (!file.flag("layer_norm_elementwise_affine", true)) {
      throw file.refused(
          "layer_norm_elementwise_affine", "false", List.of("layer_norm_elementwise_affine true"));
    }

    int hidden = file.positive("hidden_size");
    int heads = file.positive("num_attention_heads");
    boolean before = file.flag("do_layer_norm_before", true);
    boolean last = before && !file.flag("_remove_final_layer_norm", false);
    boolean biased = file.flag("enable_bias", true);
    return new ModelConfig(
        architecture(),
        file.positive("vocab_size"),
        file.token("bos_token_id"),
        file.positive("max_position_embeddings"),
        hidden,
        new Embedding(
            file.positive("word_embed_proj_dim", hidden),
            1,
            file.flag("tie_word_embeddings", true),
            true),
        Attention.plain(heads, heads, hidden / heads).withBiases(biased, biased),
        new FeedForward(
            file.positive("ffn_dim"),
            file.activation("activation_function", Activation.RELU),
            false,
            biased),
        new Norms(
            Norms.Kind.MEAN_AND_SCALE,
            EPSILON,
            0,
            before ? Norms.Place.BEFORE : Norms.Place.BEHIND,
            last),
        false,
        0,
        Collections.nCopies(file.positive("num_hidden_layers"), new Layer(0, Optional.empty())));
  }

  @Override
  public NDArray embedding(ModelConfig config, TensorReader tensors) {
    return widened(config, tensors, narrow(config, tensors));
  }

  @Override
  public NDArray positions(ModelConfig config, TensorReader tensors) {
    int rows = config.positions() + UNUSED_POSITIONS;
    return body(tensors)
        .read("embed_positions.weight", new Shape(rows, config.hidden()))
        .get(new NDIndex("{}:", UNUSED_POSITIONS));
  }

  @Override
  public DecoderWeights.Ends ends(ModelConfig config, TensorReader tensors) {
    TensorReader body = body(tensors);
    int hidden = config.hidden();
    int width = config.embedding().width();
    Shape vocabulary = new Shape(config.vocabulary(), width);
    NDArray narrow = narrow(config, tensors);
    NDArray head = config.embedding().tied() ? narrow : tensors.read("lm_head.weight", vocabulary);
    DecoderWeights.Norm norm =
        config.norms().last() ? body.norm("final_layer_norm", hidden, true) : body.noNorm();
    NDArray projection =
        width == hidden ? body.empty() : body.read("project_out.weight", new Shape(width, hidden));
    return new DecoderWeights.Ends(
        widened(config, tensors, narrow), head, norm, projection, positions(config, tensors));
  }

  private static NDArray narrow(ModelConfig config, TensorReader tensors) {
    int width = config.embedding().width();
    return body(tensors).vocabulary("embed_tokens.weight", config.vocabulary(), width);
  }

  /** Embeddings as wide as the layers. */
  private static NDArray widened(ModelConfig config, TensorReader tensors, NDArray narrow) {
    Shape shape = new Shape(config.hidden(), config.embedding().width());
    return config.embedding().width() == config.hidden()
        ? narrow
        : narrow.matMul(body(tensors).read("project_in.weight", shape).transpose());
  }

  @Override
  public DecoderWeights.Projections projections(
      ModelConfig config, TensorReader tensors, int number) {
    TensorReader layer = body(tensors).within("layers." + number + ".");
    int hidden = config.hidden();
    boolean biased = config.attention().biased();
    boolean behind = config.norms().place() == Norms.Place.BEHIND;

    return new DecoderWeights.Projections(
        behind ? layer.noNorm() : layer.norm("self_attn_layer_norm", hidden, true),
        layer.linear("self_attn.q_proj", hidden, hidden, biased),
        layer.linear("self_attn.k_proj", hidden, hidden, biased),
        layer.linear("self_attn.v_proj", hidden, hidden, biased),
        layer.empty(),
        layer.empty());
  }

  @Override
  public DecoderWeights.Layer layer(ModelConfig config, TensorReader tensors, int number) {
    TensorReader layer = body(tensors).within("layers." + number + ".");
    int hidden = config.hidden();
    int inner = config.feedForward().inner();
    boolean biased = config.attention().biased();
    boolean behind = config.norms().place() == Norms.Place.BEHIND;
    DecoderWeights.Norm feedForwardNorm = layer.norm("final_layer_norm", hidden, true);

    return new DecoderWeights.Layer(
        projections(config, tensors, number),
        layer.linear("self_attn.out_proj", hidden, hidden, biased),
        behind ? layer.norm("self_attn_layer_norm", hidden, true) : layer.noNorm(),
        behind ? layer.noNorm() : feedForwardNorm,
        layer.linear("fc1", inner, hidden, biased),
        layer.noLinear(),
        layer.linear("fc2", hidden, inner, biased),
        behind ? feedForwardNorm : layer.noNorm());
  }

  private static TensorReader body(TensorReader tensors) {
    return tensors.under("embed_tokens.weight", "model.decoder.", "decoder.", "");
  }
}
