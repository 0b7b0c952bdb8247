package org.longspan.conf;

/** What several keys must keep together. Limits of one key stand beside its record component. */
final class Rules {
  private static final int MOST_PREDICTED = 1024;

  private Rules() {}

  static void check(RunConfiguration run, Places places) {
    checkSources(run.input(), places);
    checkProLong(run.score(), run.model(), places);
    checkNeighbours(run.relate(), run.pack(), places);
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

  private static long wholeWindow(ScoreConfiguration.ProLongConfiguration prolong) {
    return prolong.segment()
        * Math.max(2L, Math.round((double) prolong.window() / prolong.segment()));
  }

  private static void checkNeighbours(
      RelateConfiguration relate, PackConfiguration pack, Places places) {
    if (!"splice".equals(pack.packer())) {
      return;
    }

    if ("none".equals(relate.retriever())) {
      places.tell(
          "The packer splice lays related documents side by side and finds none: set relate.retriever = bm25, or pack.packer = best-fit.",
          "relate.retriever",
          "pack.packer");
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
