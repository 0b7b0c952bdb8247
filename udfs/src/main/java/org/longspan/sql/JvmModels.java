package org.longspan.sql;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.longspan.score.Score;
import org.longspan.scoring.ContextSettings;
import org.longspan.scoring.Excerpt;
import org.longspan.scoring.ModelPart;
import org.longspan.scoring.ProLongSettings;
import org.longspan.scoring.Scoring;
import org.longspan.scoring.ScoringModel;
import org.longspan.scoring.ScoringModels;
import org.longspan.scoring.ScoringSettings;
import org.longspan.scoring.SharedMeasurement;
import org.longspan.scoring.TaskDevice;
import org.longspan.scoring.TextScorer;
import org.longspan.seed.Seeded;
import org.longspan.tokenizer.Tokenizer;

/** What the SQL functions do with one row; tokenizers and models are read once in a JVM. */
final class JvmModels {
  private static final int BATCH_TOKENS = 16_384;
  private static final ConcurrentHashMap<String, Tokenizer> TOKENIZERS = new ConcurrentHashMap<>();
  private static final ConcurrentHashMap<String, ScoringModel> MODELS = new ConcurrentHashMap<>();

  private JvmModels() {}

  static int[] tokens(String text, String tokenizer) {
    return text == null || tokenizer == null
        ? null
        : TOKENIZERS.computeIfAbsent(tokenizer, Tokenizer::load).encode(text);
  }

  static Integer tokenCount(String text, String tokenizer) {
    int[] tokens = tokens(text, tokenizer);
    return tokens == null ? null : tokens.length;
  }

  /**
   * The score of one text, with the default settings.
   *
   * @throws IllegalStateException if the measurement failed: a failure is no null and no 0
   */
  static Double score(String text, String scorer, String model) {
    if (text == null || scorer == null || model == null) {
      return null;
    }

    List<TextScorer<?>> ofText = Scoring.texts(List.of(scorer));
    return value(ofText.isEmpty() ? measured(scorer, text, model) : ofText.get(0).score(text));
  }

  private static Score measured(String scorer, String text, String model) {
    ScoringModel checked = MODELS.computeIfAbsent(model, ScoringModel::check);
    SharedMeasurement<?> measurement =
        Scoring.of(settings(scorer).forModel(checked)).measurements().get(0);

    if (measurement.comparesModels()) {
      throw new IllegalArgumentException(
          "The scorer '%s' compares two models and longspan_score reads one: use the score action, or score.scorers and model.companion in a run."
              .formatted(scorer));
    }

    int[] tokens = Tokenizer.of(checked.tokenizer()).encode(text);

    Optional<String> tooShort = measurement.tooShort(tokens.length);

    if (tooShort.isPresent()) {
      return Score.tooShort(tooShort.get());
    }

    // There is no doc_id here, so equal texts have equal draws.
    String id = Long.toHexString(Seeded.hash(0, "sql", text));
    int[] positions = measurement.positions(id, tokens.length);
    int[] read = new int[positions.length];

    for (int i = 0; i < read.length; i++) {
      read[i] = tokens[positions[i]];
    }

    return measurement
        .score(
            new ScoringModels(checked, ModelPart.WHOLE, null).load(TaskDevice.of("auto")),
            BATCH_TOKENS,
            List.of(new Excerpt(id, tokens.length, read)))
        .get(0)
        .get(0);
  }

  private static Double value(Score score) {
    return switch (score.status()) {
      case SCORED -> score.value().getAsDouble();
      case TOO_SHORT -> null;
      case FAILED -> throw new IllegalStateException("The text has no score: " + score.error());
    };
  }

  private static ScoringSettings settings(String scorer) {
    return new ScoringSettings(
        List.of(scorer), 0, ProLongSettings.PUBLISHED, ContextSettings.SHARED, 0);
  }
}
