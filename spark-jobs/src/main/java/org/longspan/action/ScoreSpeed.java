package org.longspan.action;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.longspan.score.Score;
import org.longspan.score.Status;
import org.longspan.scoring.Excerpt;
import org.longspan.scoring.LanguageModels;
import org.longspan.scoring.Scoring;
import org.longspan.scoring.ScoringModels;
import org.longspan.scoring.ScoringSettings;
import org.longspan.scoring.SharedMeasurement;
import org.longspan.scoring.TaskDevice;
import org.longspan.stage.StageFailedException;

/**
 * How fast models answer a measurement: real documents are measured for a few seconds, in rounds of
 * twice the text each, and the last round counts; those before it warm up. A model that is slow has
 * read the beginning of one document by then, and its rows may be shorter than those of a run,
 * which cost more a token.
 */
record ScoreSpeed(ScoringSettings settings, ScoringModels models, String device, int batchTokens)
    implements Serializable {
  private static final double ENOUGH_SECONDS = 1.5;
  private static final int FIRST_ROUND_TOKENS = 256;

  /** A document, or the beginning of one. */
  record Trial(String docId, int[] ids) implements Serializable {}

  /**
   * Tokens that go through the models in a second, on one thread of a processor or on a GPU; in a
   * task.
   *
   * @param trials at least one
   * @return 0 where none of them is long enough for the measurement
   * @throws StageFailedException where the models fail on these documents
   */
  double tokensPerSecond(int measurement, List<Trial> trials) {
    SharedMeasurement<?> measured = Scoring.of(settings).measurements().get(measurement);
    LanguageModels loaded = models.load(TaskDevice.of(device));
    long all = trials.stream().mapToLong(trial -> trial.ids.length).sum();
    for (long tokens = FIRST_ROUND_TOKENS; ; tokens *= 2) {
      List<Excerpt> excerpts = excerpts(measured, trials, tokens);
      long passed =
          excerpts.stream().mapToLong(e -> measured.passTokens(e.docId(), e.tokens())).sum();
      long began = System.nanoTime();
      List<List<Score>> scores = measured.score(loaded, batchTokens, excerpts);
      double seconds = (System.nanoTime() - began) / 1e9;
      requireMeasured(scores);
      if (seconds >= ENOUGH_SECONDS || tokens >= 2 * all) {
        return passed / seconds;
      }
    }
  }

  /** The first so many tokens of the documents, as far as each is long enough. */
  private static List<Excerpt> excerpts(
      SharedMeasurement<?> measured, List<Trial> trials, long tokens) {
    List<Excerpt> excerpts = new ArrayList<>();
    long left = tokens;
    for (Trial trial : trials) {
      int length = (int) Math.min(left, trial.ids.length);
      left -= length;
      if (measured.tooShort(length).isEmpty()) {
        int[] positions = measured.positions(trial.docId, length);
        int[] ids = Arrays.stream(positions).map(position -> trial.ids[position]).toArray();
        excerpts.add(new Excerpt(trial.docId, length, ids));
      }
    }

    return excerpts;
  }

  /** One document may fail, as in a run; where all do, their time says nothing. */
  private static void requireMeasured(List<List<Score>> scores) {
    List<Score> first = scores.stream().map(each -> each.get(0)).toList();
    if (!first.isEmpty() && first.stream().allMatch(s -> s.status() == Status.FAILED)) {
      throw new StageFailedException(
          "The models could measure no document of the sample, as a run could not: "
              + first.get(0).error());
    }
  }
}
