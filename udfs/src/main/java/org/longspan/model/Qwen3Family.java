package org.longspan.model;

import java.util.List;
import org.longspan.model.ModelConfig.Attention;
import org.longspan.model.ModelConfig.Layer;

/** Qwen3 (arXiv 2505.09388): Llama with norms of queries and keys. */
final class Qwen3Family extends LlamaShaped {
  private static final int HEAD_SIZE = 128;

  @Override
  public String architecture() {
    return "Qwen3ForCausalLM";
  }

  @Override
  int headSize(ConfigFile file) {
    return file.positive("head_dim", HEAD_SIZE);
  }

  @Override
  Attention attention(ConfigFile file) {
    return super.attention(file).withNorms();
  }

  @Override
  List<Layer> pattern(ConfigFile file) {
    return windowedAbove(file);
  }
}
