package org.longspan.mix;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Per-source length upsampling, Fu et al. 2024, "Data Engineering for Scaling Language Models to
 * 128K Context", arXiv 2402.10171: long documents get a larger share inside each domain, and the
 * domains keep their shares.
 *
 * <p>With B tokens to choose from a corpus of T, the domain d of t tokens, l of them in long
 * documents, and a long share τ:
 *
 * <pre>
 *   budget(d)      = B t / T
 *   rate(d, long)  = τ budget(d) / l
 *   rate(d, short) = (1 - τ) budget(d) / (t - l)
 * </pre>
 *
 * <p>The released code instead keeps each short document with one fixed probability and stops when
 * a domain's budget is spent; it reaches no particular share. Here rates are solved from exact
 * counts, so both shares hold exactly but for the rounding to whole documents.
 *
 * <p>No cell's rate exceeds {@code maxEpochs}. Where a target asks for more, the cell is reported,
 * its rate is cut to the limit and the rest of the domain's budget goes to the domain's other cell.
 * Since every budget is the same multiple B / T of a domain's tokens, a domain that can't fill its
 * budget at all means that none can: B then shrinks to {@code maxEpochs T}, and the domain shares
 * stay.
 *
 * @param longFrom tokens from which a document is long
 * @param longShare share of every domain's tokens that long documents are to have, in [0, 1]
 * @param tokens tokens to choose in all, B; 0: as many as the corpus has
 * @param maxEpochs the highest rate of a cell, above 0; no document gets more than this many
 *     copies, rounded up
 */
public record PerSource(int longFrom, double longShare, long tokens, double maxEpochs)
    implements Mix {
  public PerSource {
    if (longFrom < 1) {
      throw new IllegalArgumentException(
          "upsample.long-from must be at least 1 token, not " + longFrom + ".");
    }

    if (!(longShare >= 0 && longShare <= 1)) {
      throw new IllegalArgumentException(
          "upsample.long-share must be between 0 and 1, not " + longShare + ".");
    }

    if (tokens < 0) {
      throw new IllegalArgumentException(
          "upsample.tokens must be 0, for as many as the corpus has, or more, not " + tokens + ".");
    }

    if (!(maxEpochs > 0 && maxEpochs <= 1_000_000)) {
      throw new IllegalArgumentException(
          "upsample.max-epochs must be above 0 and at most 1,000,000, not " + maxEpochs + ".");
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>O(domains log domains).
   */
  @Override
  public MixPlan plan(Collection<Supply> supplies) {
    long corpus = supplies.stream().mapToLong(Supply::tokens).sum();
    if (corpus == 0) {
      throw new IllegalArgumentException("There are no tokens to choose from.");
    }

    double wantedEpochs = (double) wantedTokens(corpus) / corpus;
    double epochs = Math.min(wantedEpochs, maxEpochs);
    SortedMap<String, Rates> rates = new TreeMap<>();
    List<InfeasibleCell> infeasible = new ArrayList<>();
    for (Supply supply : supplies.stream().sorted(Comparator.comparing(Supply::domain)).toList()) {
      double budget = epochs * supply.tokens();
      double longTokens = longTokens(supply, budget);
      Rates solved =
          new Rates(
              rate(budget - longTokens, supply.shortTokens()),
              rate(longTokens, supply.longTokens()));
      if (rates.put(supply.domain(), solved) != null) {
        throw new IllegalArgumentException("Domain " + supply.domain() + " is given twice.");
      }

      for (Length length : Length.values()) {
        double wanted = share(length) * wantedEpochs * supply.tokens();
        double limit = maxEpochs * supply.tokens(length);
        // Less than a token beyond the limit is rounding.
        if (wanted >= limit + 1) {
          infeasible.add(
              new InfeasibleCell(
                  new Cell(supply.domain(), length),
                  wanted / supply.tokens(length),
                  maxEpochs,
                  sentence(supply, length, wanted, corpus, longTokens / budget)));
        }
      }
    }

    return new MixPlan(Math.round(epochs * corpus), rates, infeasible);
  }

  /** The long tokens nearest to the target such that neither cell is repeated too often. */
  private double longTokens(Supply supply, double budget) {
    double least = Math.max(0, budget - maxEpochs * supply.shortTokens());
    double most = maxEpochs * supply.longTokens();
    return Math.min(most, Math.max(least, longShare * budget));
  }

  private static double rate(double chosen, long tokens) {
    return tokens == 0 ? 0 : Math.max(0, chosen / tokens);
  }

  private long wantedTokens(long corpus) {
    return tokens == 0 ? corpus : tokens;
  }

  private double share(Length length) {
    return length == Length.LONG ? longShare : 1 - longShare;
  }

  private String sentence(
      Supply supply, Length length, double wanted, long corpus, double reachedLongShare) {
    String problem =
        supply.tokens(length) == 0
            ? text(
                "Domain %s has no %s documents (%s %d tokens), but they are to hold %.1f %% of its tokens.",
                supply.domain(),
                length.label(),
                length == Length.LONG ? "from" : "below",
                longFrom,
                100 * share(length))
            : text(
                "Domain %s would have to repeat its %,d %s documents (%,d tokens) %.2f times to hold %.1f %% of its tokens, and the limit is %s.",
                supply.domain(),
                supply.documents(length),
                length.label(),
                supply.tokens(length),
                wanted / supply.tokens(length),
                100 * share(length),
                maxEpochs);
    String remedy =
        wantedTokens(corpus) > maxEpochs * corpus
            ? text(
                "Set upsample.tokens to at most %,d, or raise upsample.max-epochs",
                (long) (maxEpochs * corpus))
            : text(
                "Set upsample.long-share to at %s %.3f, change upsample.long-from%s",
                length == Length.LONG ? "most" : "least",
                // Rounded to the side that is feasible.
                length == Length.LONG
                    ? Math.floor(1000 * reachedLongShare) / 1000
                    : Math.ceil(1000 * reachedLongShare) / 1000,
                supply.tokens(length) == 0 ? "" : ", raise upsample.max-epochs");
    return text(
        "%s %s, or set upsample.infeasible = shrink, which gives this domain a long share of %.3f.",
        problem, remedy, reachedLongShare);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
