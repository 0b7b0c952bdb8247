package org.longspan.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * Llama (arXiv 2302.13971) and what has its shape, such as SmolLM: rotary embedding, grouped heads,
 * gated feed-forward.
 */
final class LlamaFamily implements ModelFamily {
  @Override
  public String architecture() {
    return "LlamaForCausalLM";
  }

  @Override
  public DecoderWeights read(ModelConfig config, TensorReader tensors) {
    int hidden = config.hidden();
    Shape vocabulary = new Shape(config.vocabulary(), hidden);
    NDArray embedding = tensors.read("model.embed_tokens.weight", vocabulary);
    NDArray head = config.tied() ? embedding : tensors.read("lm_head.weight", vocabulary);
    NDArray norm = tensors.read("model.norm.weight", new Shape(hidden));
    DecoderWeights weights = new DecoderWeights(config, embedding, head, norm);

    for (int i = 0; i < config.layers(); i++) {
      weights.add(layer(config, tensors, "model.layers." + i + "."));
    }

    return weights;
  }

  private static DecoderWeights.Layer layer(
      ModelConfig config, TensorReader tensors, String prefix) {
    int hidden = config.hidden();
    int inner = config.inner();
    int queries = config.heads() * config.headSize();
    int keys = config.keyHeads() * config.headSize();
    boolean attentionBias = config.attentionBias();
    boolean feedForwardBias = config.feedForwardBias();

    return new DecoderWeights.Layer(
        tensors.read(prefix + "input_layernorm.weight", new Shape(hidden)),
        linear(tensors, prefix + "self_attn.q_proj", queries, hidden, attentionBias),
        linear(tensors, prefix + "self_attn.k_proj", keys, hidden, attentionBias),
        linear(tensors, prefix + "self_attn.v_proj", keys, hidden, attentionBias),
        linear(tensors, prefix + "self_attn.o_proj", hidden, queries, attentionBias),
        tensors.read(prefix + "post_attention_layernorm.weight", new Shape(hidden)),
        linear(tensors, prefix + "mlp.gate_proj", inner, hidden, feedForwardBias),
        linear(tensors, prefix + "mlp.up_proj", inner, hidden, feedForwardBias),
        linear(tensors, prefix + "mlp.down_proj", hidden, inner, feedForwardBias));
  }

  private static DecoderWeights.Linear linear(
      TensorReader tensors, String name, int out, int in, boolean biased) {
    NDArray weight = tensors.read(name + ".weight", new Shape(out, in));
    NDArray bias = biased ? tensors.read(name + ".bias", new Shape(out)) : tensors.empty();
    return new DecoderWeights.Linear(weight, bias);
  }
}
