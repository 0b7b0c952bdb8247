package org.longspan.scoring;

import org.longspan.model.CausalLm;

/**
 * The models that measurements ask.
 *
 * @param main the scoring model
 * @param companion the model that some scores compare it with; null where none is set
 */
public record LanguageModels(CausalLm main, CausalLm companion) {
  /** The scoring model alone. */
  public static LanguageModels of(CausalLm main) {
    return new LanguageModels(main, null);
  }
}
