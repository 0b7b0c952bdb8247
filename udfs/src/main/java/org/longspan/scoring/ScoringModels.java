package org.longspan.scoring;

import java.io.Serializable;
import org.longspan.model.TorchScript;

/**
 * The models that a scoring asks, checked where work is planned.
 *
 * @param main the scoring model
 * @param part how much of the scoring model is asked
 * @param companion the model that it is compared with; null where no wanted scorer compares
 */
public record ScoringModels(ScoringModel main, ModelPart part, ScoringModel companion)
    implements Serializable {
  /** What stands in place of a companion's location where there is none. */
  public static final String NO_COMPANION = "none";

  /**
   * The main model with the companion, which is read only if a wanted scorer compares two models.
   * Gradients are the main model's.
   *
   * @param companion as for {@link ScoringModel#check}, or {@value #NO_COMPANION}
   * @param torchScript whether the companion may run its own TorchScript file
   * @param settings fitted to the main model
   * @throws IllegalArgumentException if a companion is needed and none is named, or it does not
   *     read the main model's tokens, or too few of them at once
   * @throws org.longspan.model.ModelException if the companion is missing or damaged, or gradients
   *     are needed and the main model has none here
   */
  public static ScoringModels of(
      ScoringModel main, String companion, TorchScript torchScript, ScoringSettings settings) {
    Scoring scoring = Scoring.of(settings);

    if (scoring.needsGradients()) {
      main.requireGradients();
    }

    if (!scoring.comparesModels()) {
      return new ScoringModels(main, scoring.part(), null);
    }

    if (companion.equals(NO_COMPANION)) {
      throw new IllegalArgumentException(
          "One of the scorers %s compares the model at %s with a second one, and none is named: set model.companion to the directory of a model with the same tokenizer, or leave that scorer out."
              .formatted(String.join(", ", settings.scorers()), main.location()));
    }

    ScoringModel second = ScoringModel.check(companion, torchScript);
    requireSameTokens(main, second);
    requirePositions(second, settings.contexts());
    return new ScoringModels(main, scoring.part(), second);
  }

  /** Both models in this JVM's memory; a companion only where there is one. */
  public LanguageModels load(String device) {
    return new LanguageModels(
        part == ModelPart.FIRST_LAYER ? main.loadFirstLayer(device) : main.load(device),
        companion == null ? null : companion.load(device),
        () -> main.gradients(device));
  }

  private static void requireSameTokens(ScoringModel main, ScoringModel second) {
    if (main.vocabulary() != second.vocabulary()) {
      throw new IllegalArgumentException(
          "Two models that are compared predict the same tokens, but the model at %s has a vocabulary of %d and its companion at %s one of %d: name a companion of the same family."
              .formatted(
                  main.location(), main.vocabulary(), second.location(), second.vocabulary()));
    }

    if (!main.tokenizer().fingerprint().equals(second.tokenizer().fingerprint())) {
      throw new IllegalArgumentException(
          "Two models that are compared read the same tokens, but the tokenizer.json at %s is not that of its companion at %s: name a companion of the same family, or copy one tokenizer.json over the other if they differ in form alone."
              .formatted(main.location(), second.location()));
    }
  }

  private static void requirePositions(ScoringModel second, ContextSettings contexts) {
    int start = contexts.startTokens();

    if (contexts.window() + start > second.positions()) {
      throw new IllegalArgumentException(
          "Windows of %d tokens%s are read, but the companion at %s has %d positions: set score.contexts.window = %d, or name a companion with more positions (a copy with a larger rope_theta and max_position_embeddings in its config.json is one)."
              .formatted(
                  contexts.window(),
                  start == 0 ? "" : " and a start token",
                  second.location(),
                  second.positions(),
                  second.positions() - start));
    }
  }
}
