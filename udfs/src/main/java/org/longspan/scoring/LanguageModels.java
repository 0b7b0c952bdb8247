package org.longspan.scoring;

import java.util.function.Supplier;
import org.longspan.model.CausalLm;
import org.longspan.model.GradientModel;

/**
 * The models that measurements ask.
 *
 * @param main the scoring model
 * @param companion the model that some scores compare it with; null where none is set
 * @param gradients the scoring model in the form that has gradients, loaded where it is asked for
 */
public record LanguageModels(CausalLm main, CausalLm companion, Supplier<GradientModel> gradients) {
  /** The scoring model alone, without gradients. */
  public static LanguageModels of(CausalLm main) {
    return new LanguageModels(
        main,
        null,
        () -> {
          throw new IllegalStateException("Gradients are asked for, but only a decoder was given.");
        });
  }
}
