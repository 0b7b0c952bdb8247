package org.longspan.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.longspan.model.ModelConfig.Attention;
import org.longspan.model.ModelConfig.Layer;

/**
 * Gemma 3's text models (arXiv 2503.19786): norms of queries and keys, and five layers with a
 * window and a rotary embedding of their own for each that sees all.
 */
final class Gemma3Family extends GemmaShaped {
  private static final double LOCAL_BASE = 10_000;
  private static final double GLOBAL_BASE = 1_000_000;

  @Override
  public String architecture() {
    return "Gemma3ForCausalLM";
  }

  @Override
  Attention attention(ConfigFile file) {
    return super.attention(file).withNorms();
  }

  @Override
  double logitCap(ConfigFile file) {
    return cap(file, "final_logit_softcapping", 0);
  }

  @Override
  List<Layer> pattern(ConfigFile file) {
    int interval = file.positive("sliding_window_pattern", 6);
    IntPredicate slides = file.sliding(layer -> (layer + 1) % interval != 0);
    Layer local = new Layer(window(file), Optional.of(local(file)));
    Layer global = new Layer(0, Optional.of(global(file)));
    return IntStream.range(0, file.positive("num_hidden_layers"))
        .mapToObj(layer -> slides.test(layer) ? local : global)
        .toList();
  }

  private Rotary local(ConfigFile file) {
    JsonNode nested = file.node("rope_parameters").path("sliding_attention");
    return Rotary.read(file, nested, headSize(file), "rope_local_base_freq", LOCAL_BASE, 1);
  }

  /** The scaling of old files is that of the layers that see all. */
  private Rotary global(ConfigFile file) {
    JsonNode nested = file.node("rope_parameters").path("full_attention");
    JsonNode parameters = file.has("rope_scaling") ? file.node("rope_scaling") : nested;
    return Rotary.read(file, parameters, headSize(file), "rope_theta", GLOBAL_BASE, 1);
  }
}
