package org.longspan.conf;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What several keys must keep together. Limits of one key stand beside its record component. */
final class Rules {
  private static final int MOST_PREDICTED = 1024;

  /** Packers of related documents. */
  private static final Set<String> NEED_NEIGHBOURS =
      Set.of(
          "splice",
          "in-context",
          "knn",
          "cluster",
          "topics",
          "quest",
          "datasculpt",
          "retrieval-groups",
          "nextlong",
          "interleaved");

  private static final String AWARENESS = "gateau-awareness";

  private Rules() {}

  static void check(RunConfiguration run, Places places) {
    checkSources(run.input(), places);
    checkProLong(run.score(), run.model(), places);
    checkCombine(run.score(), places);
    checkModels(run.score(), run.model(), places);
    checkAwareness(run.score(), places);
    checkFilled(
        run.score(), run.score().tokenWeights(), "token weights", "score.token-weights", places);
    checkFilled(run.score(), run.score().links().from(), "links", "score.links.from", places);
    checkPhrases(run.score(), places);
    if (run.phases().isEmpty()) {
      checkTraining(run, places);
    } else {
      PhaseRules.check(run, places);
    }
  }

  /** What becomes of the scored documents: of a phase, or of a run that has none. */
  static void checkTraining(RunConfiguration run, Places places) {
    checkRanking(run, places);
    checkNeighbours(run.relate(), run.pack(), places);
    checkPowers(run.pack(), places);
    checkTail(run.pack(), places);
    checkSchedule(run.schedule(), run.pack(), places);
    MixRules.check(run, places);
  }

  private static void checkSources(InputConfiguration input, Places places) {
    for (int i = 0; i < input.sources().size(); i++) {
      SourceConfiguration source = input.sources().get(i);
      boolean rows =
          source.format() == null
              || switch (source.format()) {
                case AUTO, JSONL, PARQUET -> true;
                case TEXT, LINES, HTML, ARCHIVE, REPOSITORY -> false;
              };
      if (!rows && source.domain() == null) {
        places.tell(
            "Files of format %s have no field that names a domain: set the source's domain."
                .formatted(Keys.key(source.format().name())),
            "input.sources[" + i + "].domain",
            "input.sources[" + i + "].format");
      }
    }
  }

  private static void checkProLong(
      ScoreConfiguration score, ModelConfiguration model, Places places) {
    if (!score.scorers().contains("prolong")) {
      return;
    }

    ScoreConfiguration.ProLongConfiguration prolong = score.prolong();
    if (prolong.window() % prolong.segment() != 0 || prolong.window() < 2 * prolong.segment()) {
      places.tell(
          "A window of %d tokens does not hold a whole number of segments of %d tokens, two at least; the nearest that does is %d."
              .formatted(prolong.window(), prolong.segment(), wholeWindow(prolong)),
          "score.prolong.window",
          "score.prolong.segment");
    }

    if (prolong.unmeasured().equals("predicted")
        && prolong.window() / prolong.segment() > MOST_PREDICTED) {
      places.tell(
          "Unmeasured pairs are predicted for windows of up to %d segments, not %d: set score.prolong.unmeasured = left-out, or lower score.prolong.window."
              .formatted(MOST_PREDICTED, prolong.window() / prolong.segment()),
          "score.prolong.unmeasured",
          "score.prolong.window");
    }

    if (model.batchTokens() < prolong.segment()) {
      places.tell(
          "A batch of %d tokens can't hold a segment of %d: raise model.batch-tokens or lower score.prolong.segment."
              .formatted(model.batchTokens(), prolong.segment()),
          "model.batch-tokens",
          "score.prolong.segment");
    }
  }

  private static void checkModels(
      ScoreConfiguration score, ModelConfiguration model, Places places) {
    List<String> comparing =
        score.scorers().stream()
            .filter(name -> name.startsWith("longrecipe") || isGuidance(name))
            .toList();
    if (!comparing.isEmpty() && "none".equals(model.companion())) {
      places.tell(
          "Two models are compared by %s, but there is one: set model.companion to the directory of a second model with the same tokenizer."
              .formatted(String.join(", ", comparing)),
          "model.companion",
          "score.scorers");
    }
  }

  private static void checkAwareness(ScoreConfiguration score, Places places) {
    double alpha = score.gateau().alpha();
    if (alpha < 1
        && score.scorers().stream().anyMatch(Rules::isGuidance)
        && !score.scorers().contains(AWARENESS)) {
      places.tell(
          "GATEAU's guidance has a weight of %s, and contextual awareness, which has the rest, is not measured: add %s to score.scorers, or set score.gateau.alpha = 1."
              .formatted(alpha, AWARENESS),
          "score.gateau.alpha",
          "score.scorers");
    }
  }

  /** GATEAU's guidance, whole or without copies. */
  private static boolean isGuidance(String scorer) {
    return scorer.equals("gateau") || scorer.equals("gateau-non-copy");
  }

  /** A side table comes from the measurement of one of the scorers. */
  private static void checkFilled(
      ScoreConfiguration score, String scorer, String what, String key, Places places) {
    if (scorer != null && !scorer.equals("none") && !score.scorers().contains(scorer)) {
      places.tell(
          "The %s of %s come from its measurement, which is not made: add %s to score.scorers."
              .formatted(what, scorer, scorer),
          key,
          "score.scorers");
    }
  }

  private static void checkPhrases(ScoreConfiguration score, Places places) {
    ScoreConfiguration.ParallelStructuresConfiguration phrases = score.parallelStructures();
    if (!score.scorers().contains("parallel-structures")) {
      return;
    }

    if (phrases.segment() % 2 != 0) {
      places.tell(
          "A segment of %d tokens has no halves: make it %d."
              .formatted(phrases.segment(), phrases.segment() + 1),
          "score.parallel-structures.segment");
    }

    if (phrases.batch() + 2 * phrases.segment() > phrases.window()) {
      places.tell(
          "A window of %d tokens has no room for segments of %d behind a batch of %d: make it longer, or the batch smaller."
              .formatted(phrases.window(), phrases.segment(), phrases.batch()),
          "score.parallel-structures.window",
          "score.parallel-structures.batch",
          "score.parallel-structures.segment");
    }
  }

  private static long wholeWindow(ScoreConfiguration.ProLongConfiguration prolong) {
    return prolong.segment()
        * Math.max(2L, Math.round((double) prolong.window() / prolong.segment()));
  }

  private static void checkCombine(ScoreConfiguration score, Places places) {
    score
        .combine()
        .weights()
        .forEach(
            (scorer, weight) -> {
              String key = "score.combine.weights." + scorer;
              if (!score.scorers().contains(scorer)) {
                places.tell(
                    "%s is none of score.scorers, which are %s: add it there, or give it no weight."
                        .formatted(scorer, String.join(", ", score.scorers())),
                    key);
              } else if (weight == 0) {
                places.tell("A weight of 0 counts for nothing: leave the scorer out.", key);
              }
            });
    checkBorders("score.combine.borders", score.combine().borders(), places);
  }

  private static void checkRanking(RunConfiguration run, Places places) {
    // Where the scorers themselves were refused, their problem is told already.
    if (run.score().scorers().isEmpty()) {
      return;
    }

    UpsampleConfiguration.CutConfiguration cut = run.upsample().cut();
    String ranking = run.rankingScorer();
    if (!ranking.equals(UpsampleConfiguration.CHANCE)) {
      checkGiven(run.score(), ranking, places, "upsample.scorer", "score.scorers");
    }

    if (cut.isSet() && cut.from() >= cut.to()) {
      places.tell(
          "Nothing lies from quantile %s to %s: set from below to.".formatted(cut.from(), cut.to()),
          "upsample.cut.from",
          "upsample.cut.to");
    }

    if (cut.isSet() && run.cutScorer().equals(UpsampleConfiguration.CHANCE)) {
      places.tell(
          "Chance has no quantiles: name the scorer that is cut, upsample.cut.scorer.",
          "upsample.cut.scorer",
          "upsample.scorer");
    } else if (cut.scorer() != null) {
      checkGiven(run.score(), cut.scorer(), places, "upsample.cut.scorer", "score.scorers");
    }

    checkBorders("upsample.cut.borders", cut.borders(), places);
  }

  private static void checkGiven(
      ScoreConfiguration score, String scorer, Places places, String... keys) {
    if (!score.gives(scorer)) {
      List<String> known = new ArrayList<>(score.scorers());
      if (score.combine().isSet()) {
        known.add(ScoreConfiguration.COMBINED);
      }

      places.tell(
          "No score of %s is computed; this run has %s.%s"
              .formatted(
                  scorer,
                  String.join(", ", known),
                  scorer.equals(ScoreConfiguration.COMBINED)
                      ? " Set score.combine.weights to join scores."
                      : " Add it to score.scorers."),
          keys);
    }
  }

  static void checkBorders(String key, List<Integer> borders, Places places) {
    for (int b = 0; b < borders.size(); b++) {
      if (borders.get(b) < (b == 0 ? 1 : borders.get(b - 1) + 1)) {
        places.tell("Borders should ascend from 1 token on, unlike %s.".formatted(borders), key);
        return;
      }
    }
  }

  private static void checkTail(PackConfiguration pack, Places places) {
    int tail = pack.exact().tail();
    if (tail != 0 && (tail < 8 || Integer.bitCount(tail) != 1)) {
      places.tell(
          "EXACT counts contexts in buckets that begin with powers of two from 8, unlike %,d: take one, or 0 for a quarter of a sequence."
              .formatted(tail),
          "pack.exact.tail");
    }
  }

  private static void checkPowers(PackConfiguration pack, Places places) {
    if (!"decompose".equals(pack.packer())) {
      return;
    }

    checkPower(pack.sequenceLength(), "pack.sequence-length", places);
    checkPower(pack.decompose().shortest(), "pack.decompose.shortest", places);
    if (pack.decompose().shortest() > pack.sequenceLength()) {
      places.tell(
          "The smallest piece has %,d tokens and the greatest %,d: make it no more than pack.sequence-length."
              .formatted(pack.decompose().shortest(), pack.sequenceLength()),
          "pack.decompose.shortest",
          "pack.sequence-length");
    }
  }

  private static void checkPower(int tokens, String key, Places places) {
    if (Integer.bitCount(tokens) != 1) {
      long below = Integer.highestOneBit(tokens);
      places.tell(
          "The packer decompose cuts documents into powers of two, and %,d is none; the nearest are %,d and %,d."
              .formatted(tokens, below, 2 * below),
          key,
          "pack.packer");
    }
  }

  private static void checkSchedule(
      ScheduleConfiguration schedule, PackConfiguration pack, Places places) {
    // An order that was refused is told already.
    if (schedule.order() == null || !schedule.isSet()) {
      return;
    }

    int length = pack.sequenceLength();
    if (length > 0 && schedule.stepTokens() % length != 0) {
      places.tell(
          "A step of %,d tokens is no whole number of sequences of %,d: set it to a multiple, such as %d."
              .formatted(
                  schedule.stepTokens(),
                  length,
                  Math.max(1, Math.round((double) schedule.stepTokens() / length)) * length),
          "schedule.step-tokens",
          "pack.sequence-length");
    }

    if ("short".equals(schedule.rest()) && "equal".equals(schedule.curriculum().mixture())) {
      places.tell(
          "The mixture equal leaves sequences out by intent, and rest = short would read them all in one step: set schedule.rest = leave, or schedule.curriculum.mixture = natural.",
          "schedule.rest",
          "schedule.curriculum.mixture");
    }
  }

  private static void checkNeighbours(
      RelateConfiguration relate, PackConfiguration pack, Places places) {
    // A packer that was refused is told already.
    if (pack.packer() == null) {
      return;
    }

    if ("none".equals(relate.retriever()) && NEED_NEIGHBOURS.contains(pack.packer())) {
      places.tell(
          "The packer %s lays related documents side by side and finds none: set relate.retriever = bm25, or pack.packer = best-fit."
              .formatted(pack.packer()),
          "relate.retriever",
          "pack.packer");
    }

    if ("metadata".equals(relate.retriever()) && relate.metadata().isEmpty()) {
      places.tell(
          "The retriever metadata has nothing to compare: name keys of meta, such as relate.metadata = [author].",
          "relate.metadata",
          "relate.retriever");
    }

    if (!"splice".equals(pack.packer())) {
      return;
    }

    if (pack.branching() > relate.neighbours()) {
      places.tell(
          "The packer takes %d neighbours of a document, but only %d are found: raise relate.neighbours or lower pack.branching."
              .formatted(pack.branching(), relate.neighbours()),
          "pack.branching",
          "relate.neighbours");
    }
  }
}
