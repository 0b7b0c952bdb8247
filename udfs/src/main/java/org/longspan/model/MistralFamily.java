package org.longspan.model;

import java.util.List;
import org.longspan.model.ModelConfig.Layer;

/** Mistral (arXiv 2310.06825): Llama, where each layer may see only a window. */
final class MistralFamily extends LlamaShaped {
  private static final int WINDOW = 4096;

  @Override
  public String architecture() {
    return "MistralForCausalLM";
  }

  /** A file without {@code sliding_window} has the family's, one with null none. */
  @Override
  List<Layer> pattern(ConfigFile file) {
    int window = file.names("sliding_window") ? file.whole("sliding_window", 0) : WINDOW;
    return windowed(file, window, layer -> true);
  }
}
