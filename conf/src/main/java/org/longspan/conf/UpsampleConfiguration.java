package org.longspan.conf;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How documents are chosen.
 *
 * @param mode who decides the shares of domains
 * @param longFrom tokens from which a document is long
 * @param longShare share of tokens that long documents are to have, or {@link #NATURAL}
 * @param lengths shares of ranges of lengths in place of it, such as {@code 4096-8191}
 * @param weights shares of domains in mode {@code domain-weighted}
 * @param weightsFile a file with them; null: none
 * @param raised domains that are raised there instead
 * @param domainTemperature T of mode {@code temperature}
 * @param table shares of all tokens by domain and range, in mode {@code table}
 * @param cutAt tokens of the pieces of a document in mode {@code cut}
 * @param borders tokens at which length buckets begin
 * @param tokens tokens to choose in all; 0: as many as the corpus has
 * @param maxEpochs copies of one document at most
 * @param forceEpochs whether that may be more than {@link #MOST_EPOCHS}
 * @param scorer the scorer that ranks documents, {@code none} for chance, or null: see {@link
 *     RunConfiguration#rankingScorer}
 * @param order {@code top} or {@code softmax}
 * @param temperature of softmax, in the score's own units
 * @param infeasible what to do where cells lack tokens: {@code fail}, {@code shrink} or {@code
 *     renormalise}
 * @param border what becomes of the document at a cell's border: {@code whole} or {@code cut}
 * @param length lengths that are not left out
 * @param cut which documents are left out by their score before any choice
 */
public record UpsampleConfiguration(
    @Limit.OneOf({
          "per-source",
          "global",
          "domain-weighted",
          "unimax",
          "temperature",
          "table",
          "cut",
          "none"
        })
        String mode,
    @Limit.AtLeast(1) int longFrom,
    @Limit.Inside(low = 0, high = 1)
        @Limit.Word(value = "natural", means = UpsampleConfiguration.NATURAL)
        double longShare,
    Map<String, Double> lengths,
    Map<String, Double> weights,
    @Limit.OrNull String weightsFile,
    RaisedConfiguration raised,
    @Limit.AtLeast(0.01) double domainTemperature,
    Map<String, Map<String, Double>> table,
    @Limit.AtLeast(2) int cutAt,
    List<Integer> borders,
    @Limit.AtLeast(1) @Limit.Word(value = "corpus", means = 0) long tokens,
    @Limit.AtLeast(1) double maxEpochs,
    boolean forceEpochs,
    @Limit.OrNull String scorer,
    @Limit.OneOf({"top", "softmax"}) String order,
    @Limit.AtLeast(1e-9) double temperature,
    @Limit.OneOf({"fail", "shrink", "renormalise"}) String infeasible,
    @Limit.OneOf({"whole", "cut"}) String border,
    LengthConfiguration length,
    CutConfiguration cut) {
  /** The ranking scorer's name where chance ranks. */
  public static final String CHANCE = "none";

  /** The long share where lengths keep their shares. */
  public static final long NATURAL = -1;

  /** Epochs above which one has to insist. */
  public static final double MOST_EPOCHS = 16;

  public UpsampleConfiguration {
    lengths = sorted(lengths);
    weights = sorted(weights);
    Map<String, Map<String, Double>> copy = new TreeMap<>();
    table.forEach((domain, shares) -> copy.put(domain, sorted(shares)));
    table = Collections.unmodifiableMap(copy);
    borders = List.copyOf(borders);
  }

  /**
   * The weights, those of the file where there is one.
   *
   * @throws IllegalArgumentException where the file can't be read, with a sentence
   */
  public SortedMap<String, Double> domainWeights() {
    return weightsFile == null ? new TreeMap<>(weights) : WeightsFile.read(weightsFile);
  }

  /**
   * Domains that have one weight, while the others have their natural one.
   *
   * @param domains none: domains have weights
   * @param to their weight, before all are divided by their sum
   */
  public record RaisedConfiguration(
      List<String> domains, @Limit.AtLeast(0.0001) @Limit.AtMost(1) double to) {
    public RaisedConfiguration {
      domains = List.copyOf(domains);
    }
  }

  /**
   * Lengths of documents that are chosen from.
   *
   * @param from fewest tokens
   * @param to most tokens
   */
  public record LengthConfiguration(
      @Limit.AtLeast(0) int from,
      @Limit.AtLeast(1) @Limit.Word(value = "any", means = Integer.MAX_VALUE) int to) {}

  /**
   * A cut at quantiles of a score among like documents, or at a score of its own for a domain.
   *
   * @param scorer whose scores are cut; null: the scorer that ranks documents
   * @param from the lowest rank that is kept
   * @param to the highest rank that is kept
   * @param thresholds the lowest score that is kept, by domain, in place of quantiles
   * @param borders tokens at which length buckets begin
   * @param minGroup documents below which a group is cut as part of a larger one
   */
  public record CutConfiguration(
      @Limit.OrNull String scorer,
      @Limit.AtLeast(0) @Limit.AtMost(1) double from,
      @Limit.AtLeast(0) @Limit.AtMost(1) double to,
      Map<String, Double> thresholds,
      List<Integer> borders,
      @Limit.AtLeast(1) long minGroup) {
    public CutConfiguration {
      thresholds = sorted(thresholds);
      borders = List.copyOf(borders);
    }

    /** Whether anything is cut. */
    public boolean isSet() {
      return from > 0 || to < 1 || !thresholds.isEmpty();
    }
  }

  private static Map<String, Double> sorted(Map<String, Double> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }
}
