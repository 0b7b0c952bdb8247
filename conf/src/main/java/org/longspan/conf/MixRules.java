package org.longspan.conf;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the keys of upsample must keep together, as far as it can be told without the corpus. */
final class MixRules {
  private static final double TOLERANCE = 1e-6;

  /** Packers that lay out pieces of documents. */
  private static final List<String> TAKE_PIECES =
      List.of("best-fit", "concat", "random", "random-within-domain");

  private static final Pattern RANGE = Pattern.compile("(\\d{1,10})-(\\d{0,10})");

  private final UpsampleConfiguration upsample;
  private final Places places;

  private MixRules(UpsampleConfiguration upsample, Places places) {
    this.upsample = upsample;
    this.places = places;
  }

  static void check(RunConfiguration run, Places places) {
    MixRules rules = new MixRules(run.upsample(), places);
    // A mode that was refused is told already.
    if (run.upsample().mode() != null) {
      rules.checkWeights();
      rules.checkTable();
      rules.checkPieces(run.pack());
    }

    rules.checkLengths();
    rules.checkEpochs();
    rules.checkOrder(run);
  }

  private void checkWeights() {
    List<String> given = new ArrayList<>();
    if (!upsample.weights().isEmpty()) {
      given.add("upsample.weights");
    }

    if (upsample.weightsFile() != null) {
      given.add("upsample.weights-file");
    }

    if (!upsample.raised().domains().isEmpty()) {
      given.add("upsample.raised.domains");
    }

    boolean weighted = upsample.mode().equals("domain-weighted");
    if (weighted && given.size() != 1) {
      places.tell(
          "The mode domain-weighted takes one of upsample.weights, upsample.weights-file and upsample.raised.domains, and %s set."
              .formatted(given.isEmpty() ? "none is" : String.join(" and ", given) + " are"),
          given.isEmpty() ? "upsample.mode" : given.get(given.size() - 1));
      return;
    }

    if (!weighted && !given.isEmpty()) {
      places.tell(
          "It counts in mode domain-weighted alone, not in %s: set upsample.mode, or leave it out."
              .formatted(upsample.mode()),
          given.get(0));
      return;
    }

    if (weighted && upsample.raised().domains().isEmpty()) {
      try {
        checkSum(upsample.domainWeights().values(), given.get(0));
      } catch (IllegalArgumentException e) {
        places.tell(e.getMessage(), given.get(0));
      }
    }
  }

  private void checkTable() {
    boolean wanted = upsample.mode().equals("table");
    if (wanted && upsample.table().isEmpty()) {
      places.tell(
          "The mode table needs upsample.table, such as { web { 0- = 0.7 }, book { 65536- = 0.3 } }.",
          "upsample.mode");
    } else if (!wanted && !upsample.table().isEmpty()) {
      places.tell(
          "It counts in mode table alone, not in %s: set upsample.mode, or leave it out."
              .formatted(upsample.mode()),
          "upsample.table");
    }

    List<Double> all = new ArrayList<>();
    boolean good = true;
    for (Map.Entry<String, Map<String, Double>> domain : upsample.table().entrySet()) {
      good &= checkRanges(domain.getValue(), "upsample.table");
      all.addAll(domain.getValue().values());
    }

    if (good && !all.isEmpty()) {
      checkSum(all, "upsample.table");
    }
  }

  private void checkPieces(PackConfiguration pack) {
    if (upsample.mode().equals("cut")
        && pack.packer() != null
        && !TAKE_PIECES.contains(pack.packer())) {
      places.tell(
          "The mode cut packs pieces of documents, and %s lays out whole ones: set pack.packer to one of %s."
              .formatted(pack.packer(), String.join(", ", TAKE_PIECES)),
          "pack.packer",
          "upsample.mode");
    }
  }

  private void checkLengths() {
    if (!upsample.lengths().isEmpty() && checkRanges(upsample.lengths(), "upsample.lengths")) {
      checkSum(upsample.lengths().values(), "upsample.lengths");
    }

    Rules.checkBorders("upsample.borders", upsample.borders(), places);
    if (upsample.length().from() > upsample.length().to()) {
      places.tell(
          "No document has from %,d to %,d tokens: set from to no more than to."
              .formatted(upsample.length().from(), upsample.length().to()),
          "upsample.length.from",
          "upsample.length.to");
    }
  }

  private void checkEpochs() {
    if (upsample.maxEpochs() > UpsampleConfiguration.MOST_EPOCHS && !upsample.forceEpochs()) {
      places.tell(
          "%s epochs are more than %.0f, from where repeated tokens are worth nothing (arXiv 2305.16264): lower it, or set upsample.force-epochs = true."
              .formatted(upsample.maxEpochs(), UpsampleConfiguration.MOST_EPOCHS),
          "upsample.max-epochs");
    }
  }

  private void checkOrder(RunConfiguration run) {
    if ("softmax".equals(upsample.order())
        && !run.score().scorers().isEmpty()
        && run.rankingScorer().equals(UpsampleConfiguration.CHANCE)) {
      places.tell(
          "The order softmax draws by a score, and chance ranks: name a scorer, upsample.scorer, or set upsample.order = top.",
          "upsample.order",
          "upsample.scorer");
    }
  }

  private void checkSum(Collection<Double> shares, String key) {
    Optional<Double> wrong = shares.stream().filter(s -> !(s >= 0 && s <= 1)).findFirst();
    double sum = shares.stream().mapToDouble(Double::doubleValue).sum();
    if (wrong.isPresent()) {
      places.tell("A share is from 0 to 1, not %s.".formatted(wrong.get()), key);
    } else if (Math.abs(sum - 1) > TOLERANCE) {
      places.tell(
          String.format(
              Locale.ROOT,
              "The shares sum to %.6f, not to 1: divide each by that, %s by %1$.6f = %.6f.",
              sum,
              shares.iterator().next(),
              shares.iterator().next() / sum),
          key);
    }
  }

  /** Whether all are ranges, and none overlap. */
  private boolean checkRanges(Map<String, Double> shares, String key) {
    List<long[]> ranges = new ArrayList<>();
    for (String label : shares.keySet()) {
      Matcher range = RANGE.matcher(label);
      long from = range.matches() ? Long.parseLong(range.group(1)) : 1;
      long to =
          !range.matches()
              ? 0
              : range.group(2).isEmpty() ? Integer.MAX_VALUE : Long.parseLong(range.group(2));
      if (from > to || to > Integer.MAX_VALUE) {
        places.tell(
            "\"%s\" names no lengths; they are written like 4096-8191, both ends included, or 65536- without an end."
                .formatted(label),
            key);
        return false;
      }

      ranges.add(new long[] {from, to});
    }

    ranges.sort(Comparator.comparingLong(range -> range[0]));
    for (int r = 1; r < ranges.size(); r++) {
      if (ranges.get(r)[0] <= ranges.get(r - 1)[1]) {
        places.tell(
            "The ranges %d-%d and %d-%d overlap; both ends of a range belong to it."
                .formatted(
                    ranges.get(r - 1)[0], ranges.get(r - 1)[1], ranges.get(r)[0], ranges.get(r)[1]),
            key);
        return false;
      }
    }

    return true;
  }
}
