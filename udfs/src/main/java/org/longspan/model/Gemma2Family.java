package org.longspan.model;

import java.util.List;
import org.longspan.model.ModelConfig.Attention;
import org.longspan.model.ModelConfig.Layer;

/** Gemma 2 (arXiv 2408.00118): soft caps, and a window in every second layer. */
final class Gemma2Family extends GemmaShaped {
  private static final double ATTENTION_CAP = 50;
  private static final double LOGIT_CAP = 30;

  @Override
  public String architecture() {
    return "Gemma2ForCausalLM";
  }

  @Override
  Attention attention(ConfigFile file) {
    return super.attention(file).cappedAt(cap(file, "attn_logit_softcapping", ATTENTION_CAP));
  }

  @Override
  double logitCap(ConfigFile file) {
    return cap(file, "final_logit_softcapping", LOGIT_CAP);
  }

  @Override
  List<Layer> pattern(ConfigFile file) {
    return windowed(file, window(file), file.sliding(layer -> layer % 2 == 0));
  }
}
