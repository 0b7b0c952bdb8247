package org.longspan.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.longspan.model.ModelConfig.Attention;
import org.longspan.model.ModelConfig.Embedding;
import org.longspan.model.ModelConfig.FeedForward;
import org.longspan.model.ModelConfig.Layer;
import org.longspan.model.ModelConfig.Norms;

/**
 * What most families have from Llama: its keys and tensor names, rotary embedding, grouped heads,
 * RMSNorm, gated feed-forward. A family overrides what is its own.
 */
abstract class LlamaShaped implements ModelFamily {
  private static final double ROTARY_BASE = 10_000;

  @Override
  public final ModelConfig config(ConfigFile file) {
    return new ModelConfig(
        architecture(),
        file.positive("vocab_size"),
        file.token("bos_token_id"),
        file.positive("max_position_embeddings"),
        file.positive("hidden_size"),
        embedding(file),
        attention(file),
        feedForward(file),
        norms(file),
        false,
        logitCap(file),
        pattern(file));
  }

  Embedding embedding(ConfigFile file) {
    return embedding(file, 1, false);
  }

  Attention attention(ConfigFile file) {
    int heads = file.positive("num_attention_heads");
    boolean biased = file.flag("attention_bias", false);
    return Attention.plain(heads, file.positive("num_key_value_heads", heads), headSize(file))
        .withBiases(biased, biased);
  }

  FeedForward feedForward(ConfigFile file) {
    Activation activation = file.activation("hidden_act", Activation.SILU);
    boolean biased = file.flag("mlp_bias", false);
    return new FeedForward(file.positive("intermediate_size"), activation, true, biased);
  }

  Norms norms(ConfigFile file) {
    return new Norms(
        Norms.Kind.SCALE, file.number("rms_norm_eps", 1e-6), 0, Norms.Place.BEFORE, true);
  }

  double logitCap(ConfigFile file) {
    return 0;
  }

  List<Layer> pattern(ConfigFile file) {
    return windowed(file, 0, layer -> false);
  }

  static Embedding embedding(ConfigFile file, double scale, boolean tiedByDefault) {
    boolean tied = file.flag("tie_word_embeddings", tiedByDefault);
    return new Embedding(file.positive("hidden_size"), scale, tied, false);
  }

  int headSize(ConfigFile file) {
    return file.positive(
        "head_dim", file.positive("hidden_size") / file.positive("num_attention_heads"));
  }

  double rotaryBase() {
    return ROTARY_BASE;
  }

  /** Layers that turn alike, some of which see only a window. */
  final List<Layer> windowed(ConfigFile file, int window, IntPredicate slides) {
    Optional<Rotary> rotary = Optional.of(Rotary.read(file, headSize(file), rotaryBase()));
    return IntStream.range(0, file.positive("num_hidden_layers"))
        .mapToObj(i -> new Layer(slides.test(i) ? window : 0, rotary))
        .toList();
  }

  /** Layers from {@code max_window_layers} on see only a window, where the file asks for it. */
  final List<Layer> windowedAbove(ConfigFile file) {
    int full = file.whole("max_window_layers", 28);
    return windowed(file, windowIfUsed(file), file.sliding(layer -> layer >= full));
  }

  /** The window of files that have one only where {@code use_sliding_window} is set; 0 for none. */
  static int windowIfUsed(ConfigFile file) {
    return file.flag("use_sliding_window", false) ? file.whole("sliding_window", 0) : 0;
  }

  @Override
  public final NDArray embedding(ModelConfig config, TensorReader tensors) {
    return body(tensors).vocabulary("embed_tokens.weight", config.vocabulary(), config.hidden());
  }

  @Override
  public final NDArray positions(ModelConfig config, TensorReader tensors) {
    return tensors.empty();
  }

  @Override
  public final DecoderWeights.Ends ends(ModelConfig config, TensorReader tensors) {
    Shape vocabulary = new Shape(config.vocabulary(), config.hidden());
    NDArray embedding = embedding(config, tensors);
    NDArray head =
        config.embedding().tied() ? embedding : tensors.read("lm_head.weight", vocabulary);
    return new DecoderWeights.Ends(
        embedding,
        head,
        norm(config, body(tensors), "norm"),
        tensors.empty(),
        positions(config, tensors));
  }

  @Override
  public final DecoderWeights.Projections projections(
      ModelConfig config, TensorReader tensors, int number) {
    TensorReader layer = body(tensors).within("layers." + number + ".");
    Attention attention = config.attention();
    int hidden = config.hidden();
    int queries = attention.heads() * attention.size();
    int keys = attention.keyHeads() * attention.size();
    boolean biased = attention.biased();

    return new DecoderWeights.Projections(
        norm(config, layer, "input_layernorm"),
        layer.linear("self_attn.q_proj", queries, hidden, biased),
        layer.linear("self_attn.k_proj", keys, hidden, biased),
        layer.linear("self_attn.v_proj", keys, hidden, biased),
        attention.normed() ? headNorm(config, layer, "self_attn.q_norm") : layer.empty(),
        attention.normed() ? headNorm(config, layer, "self_attn.k_norm") : layer.empty());
  }

  @Override
  public final DecoderWeights.Layer layer(ModelConfig config, TensorReader tensors, int number) {
    TensorReader layer = body(tensors).within("layers." + number + ".");
    Attention attention = config.attention();
    int hidden = config.hidden();
    int inner = config.feedForward().inner();
    int queries = attention.heads() * attention.size();
    boolean innerBiased = config.feedForward().biased();
    boolean around = config.norms().place() == Norms.Place.AROUND;

    return new DecoderWeights.Layer(
        projections(config, tensors, number),
        layer.linear("self_attn.o_proj", hidden, queries, attention.outBiased()),
        around ? norm(config, layer, "post_attention_layernorm") : layer.noNorm(),
        norm(config, layer, around ? "pre_feedforward_layernorm" : "post_attention_layernorm"),
        layer.linear("mlp.gate_proj", inner, hidden, innerBiased),
        layer.linear("mlp.up_proj", inner, hidden, innerBiased),
        layer.linear("mlp.down_proj", hidden, inner, innerBiased),
        around ? norm(config, layer, "post_feedforward_layernorm") : layer.noNorm());
  }

  private static TensorReader body(TensorReader tensors) {
    return tensors.under("embed_tokens.weight", "model.", "");
  }

  private static DecoderWeights.Norm norm(ModelConfig config, TensorReader tensors, String name) {
    DecoderWeights.Norm norm = tensors.norm(name, config.hidden(), false);
    norm.weight().addi(config.norms().offset());
    return norm;
  }

  private static NDArray headNorm(ModelConfig config, TensorReader tensors, String name) {
    return tensors
        .read(name + ".weight", new Shape(config.attention().size()))
        .addi(config.norms().offset());
  }
}
