package org.longspan.measure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.longspan.score.Score;
import org.longspan.scoring.ContextSettings;
import org.longspan.scoring.Excerpt;
import org.longspan.scoring.GradientSettings;
import org.longspan.scoring.GradientSettings.TemplateSettings;
import org.longspan.scoring.LanguageModels;
import org.longspan.scoring.ModelPart;
import org.longspan.scoring.ProLongSettings;
import org.longspan.scoring.Scoring;
import org.longspan.scoring.ScoringModel;
import org.longspan.scoring.ScoringModels;
import org.longspan.scoring.ScoringSettings;
import org.longspan.scoring.SharedMeasurement;
import org.longspan.tokenizer.Tokenizer;

/**
 * How well parallel templates, which need no gradient, stand in for parallel structures: Spearman's
 * rank correlation over one window of each of some documents, by hand.
 *
 * <p>Arguments: model, folder of {@code *.jsonl.gz} with id, domain and text, documents a domain.
 * See docs/benchmarks.md.
 */
final class ParallelBenchmark {
  private static final int WINDOW = 1024;
  private static final long SEED = 11;

  private final LanguageModels models;
  private final List<Excerpt> documents;

  private ParallelBenchmark(LanguageModels models, List<Excerpt> documents) {
    this.models = models;
    this.documents = documents;
  }

  public static void main(String[] args) throws IOException {
    Tokenizer tokenizer = Tokenizer.load(args[0]);
    List<AllPairs.Candidate> candidates =
        AllPairs.candidates(
            Path.of(args[1]), Integer.parseInt(args[2]), AllPairs.FEWEST, AllPairs.MOST);
    ParallelBenchmark benchmark =
        new ParallelBenchmark(
            new ScoringModels(ScoringModel.check(args[0]), ModelPart.WHOLE, null).load("cpu"),
            candidates.stream()
                .map(each -> new Excerpt(each.id(), 0, tokenizer.encode(each.text())))
                .map(each -> new Excerpt(each.docId(), each.ids().length, each.ids()))
                .toList());
    long began = System.nanoTime();
    List<Score> structures =
        benchmark.scores("parallel-structures", GradientSettings.PUBLISHED.templates());
    double seconds = (System.nanoTime() - began) / 1e9 / candidates.size();
    double[] goal = values(structures, each -> each.value().getAsDouble());
    Map<String, double[]> others = new LinkedHashMap<>();
    others.put("mean of all alphas", values(structures, each -> each.details().get("mean")));

    for (int ngram : new int[] {3, 4, 5, 6}) {
      for (int distance : new int[] {16, 64, 256}) {
        TemplateSettings settings = new TemplateSettings(WINDOW, 1, ngram, distance);
        List<Score> templates = benchmark.scores("parallel-templates", settings);
        others.put(
            "templates of %d, distance %d".formatted(ngram, distance),
            values(templates, each -> each.value().getAsDouble()));
        others.put(
            "exact repeats of %d, distance %d".formatted(ngram, distance),
            values(
                templates,
                each ->
                    each.details().get("repeated_tokens") / each.details().get("eligible_tokens")));
      }
    }

    others.put(
        "dependency",
        values(
            benchmark.scores("dependency", GradientSettings.PUBLISHED.templates()),
            each -> each.value().getAsDouble()));

    for (int i = 0; i < goal.length; i++) {
      System.out.printf(
          "%-8s %.3e %.4f %s%n",
          candidates.get(i).domain(),
          goal[i],
          others.get("templates of 4, distance 64")[i],
          candidates.get(i).id());
    }

    double[] profile = new double[structures.get(0).profile().length];
    structures.forEach(
        each -> Arrays.setAll(profile, k -> profile[k] + each.profile()[k] / goal.length));
    System.out.printf(
        "%d windows, %.1f s each; mean alpha by distance %s%n",
        goal.length, seconds, Arrays.toString(profile));
    others.forEach(
        (name, values) -> System.out.printf("%-36s %6.3f%n", name, Spearman.of(goal, values)));
  }

  private List<Score> scores(String scorer, TemplateSettings templates) {
    GradientSettings published = GradientSettings.PUBLISHED;
    GradientSettings.StructureSettings structures = published.structures();
    GradientSettings gradients =
        new GradientSettings(
            new GradientSettings.StructureSettings(
                WINDOW,
                1,
                structures.batch(),
                structures.segment(),
                structures.rate(),
                structures.share()),
            templates,
            published.denoising());
    ContextSettings contexts =
        new ContextSettings(
            new ContextSettings.Windows(WINDOW, 1, false, "tiled"),
            ContextSettings.SHARED.copies(),
            ContextSettings.SHARED.methods(),
            ContextSettings.SHARED.attention());
    SharedMeasurement<?> measurement =
        Scoring.of(
                new ScoringSettings(List.of(scorer), 0, ProLongSettings.PUBLISHED, contexts, SEED)
                    .withGradients(gradients))
            .measurements()
            .get(0);
    return documents.stream()
        .map(
            each -> {
              int[] read =
                  Arrays.stream(measurement.positions(each.docId(), each.tokens()))
                      .map(t -> each.ids()[t])
                      .toArray();
              Score score =
                  measurement
                      .score(models, 4096, List.of(new Excerpt(each.docId(), each.tokens(), read)))
                      .get(0)
                      .get(0);

              if (score.value().isEmpty()) {
                throw new IllegalStateException(each.docId() + ": " + score.error());
              }

              return score;
            })
        .toList();
  }

  private static double[] values(List<Score> scores, ToDoubleFunction<Score> value) {
    return scores.stream().mapToDouble(value).toArray();
  }
}
