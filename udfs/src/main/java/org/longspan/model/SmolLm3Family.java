package org.longspan.model;

import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.longspan.model.ModelConfig.Embedding;
import org.longspan.model.ModelConfig.Layer;

/** SmolLM3: Llama, but each fourth layer knows no positions (arXiv 2501.18795). */
final class SmolLm3Family extends LlamaShaped {
  @Override
  public String architecture() {
    return "SmolLM3ForCausalLM";
  }

  @Override
  Embedding embedding(ConfigFile file) {
    return embedding(file, 1, true);
  }

  @Override
  double rotaryBase() {
    return 2_000_000;
  }

  @Override
  List<Layer> pattern(ConfigFile file) {
    IntPredicate turns = turning(file);
    List<Layer> all = windowed(file, windowIfUsed(file), file.sliding(layer -> !turns.test(layer)));
    return IntStream.range(0, all.size())
        .mapToObj(
            i -> turns.test(i) ? all.get(i) : new Layer(all.get(i).window(), Optional.empty()))
        .toList();
  }

  /** Despite its name, {@code no_rope_layers} has 1 for the layers that turn. */
  private static IntPredicate turning(ConfigFile file) {
    int interval = file.positive("no_rope_layer_interval", 4);
    return file.node("no_rope_layers").isArray()
        ? layer -> file.node("no_rope_layers").path(layer).asInt() != 0
        : layer -> (layer + 1) % interval != 0;
  }
}
