package org.longspan.cli;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.longspan.run.Counts;

/**
 * What a user sees when a run ends.
 *
 * @param phases what each phase of the run chose and packed; one without a name where it has none
 * @param schedule what the steps of a training read
 * @param dropped what was left out, by reason
 * @param report path of the report; null: there is none yet
 */
public record RunSummary(
    List<Phase> phases, Schedule schedule, SortedMap<String, Counts> dropped, String report) {
  public RunSummary {
    phases = List.copyOf(phases);
    dropped = Collections.unmodifiableSortedMap(new TreeMap<>(dropped));
  }

  /**
   * The steps of a training.
   *
   * @param steps how many; 0: there is no schedule
   * @param lengths of sequences, phases apart
   * @param imbalance how much dearer than the mean of its length the dearest step is
   */
  public record Schedule(long steps, int lengths, double imbalance) {
    /** No schedule was asked for, or the run has not come that far. */
    public static final Schedule NONE = new Schedule(0, 0, 1);
  }

  /**
   * A phase of the run.
   *
   * @param name empty where the run has no phases
   * @param longFrom tokens from which a document is long
   * @param domains every domain, before and after documents were chosen; empty: not that far yet
   * @param sequences rows that were packed; 0: not that far yet
   * @param sequenceLength tokens of a sequence, such as {@code 8,192} or {@code 256 to 8,192}
   * @param fill share of the sequences' tokens that documents fill, 0 to 1
   */
  public record Phase(
      String name,
      int longFrom,
      List<Domain> domains,
      long sequences,
      String sequenceLength,
      double fill) {
    public Phase {
      domains = List.copyOf(domains);
    }
  }

  /** A domain before and after. */
  public record Domain(String name, Amount before, Amount after) {}

  /**
   * How much there is, copies counted.
   *
   * @param documents documents
   * @param tokens their tokens
   * @param longTokens those of them in long documents
   */
  public record Amount(long documents, long tokens, long longTokens) {
    static final Amount NOTHING = new Amount(0, 0, 0);

    Amount plus(Amount other) {
      return new Amount(
          documents + other.documents, tokens + other.tokens, longTokens + other.longTokens);
    }
  }
}
