package org.longspan.model;

import java.util.List;
import org.longspan.model.ModelConfig.Attention;
import org.longspan.model.ModelConfig.Layer;

/** Qwen2 and Qwen2.5 (arXiv 2407.10671): Llama with biases of queries, keys and values. */
final class Qwen2Family extends LlamaShaped {
  @Override
  public String architecture() {
    return "Qwen2ForCausalLM";
  }

  @Override
  Attention attention(ConfigFile file) {
    return super.attention(file).withBiases(true, false);
  }

  @Override
  List<Layer> pattern(ConfigFile file) {
    return windowedAbove(file);
  }
}
