package org.longspan.report;

import java.util.List;
import java.util.Map;
import org.longspan.action.ScheduledLane;

/**
 * What the tables of a run say, small enough to print: nothing here grows with the corpus.
 *
 * @param phases what each phase chose and packed; a run without phases has one without a name
 * @param scorer the scorer that ranked documents; null where none ran
 * @param scoreStatuses documents by status
 * @param scoreBins score distribution by domain
 * @param extremes the best and the worst scored documents
 * @param linked the strongest links of those documents, where links were wanted
 * @param others what the other scorers say, in name order
 * @param schedule which lengths the steps of a training read, and when
 * @param drops what was left out, by stage and reason
 * @param quarantine rows set aside, by reason
 */
public record Facts(
    List<PhaseFacts> phases,
    String scorer,
    Map<String, Long> scoreStatuses,
    List<ScoreBin> scoreBins,
    List<Extreme> extremes,
    List<Linked> linked,
    List<Scored> others,
    Schedule schedule,
    List<Dropped> drops,
    Map<String, Long> quarantine) {
  public Facts {
    phases = List.copyOf(phases);
  }

  /** What a scorer says: documents by status, and the distribution of its scores by domain. */
  public record Scored(String scorer, Map<String, Long> statuses, List<ScoreBin> bins) {}

  /** Documents of a domain with a score in {@code [from, to)}. */
  public record ScoreBin(String domain, double from, double to, long documents) {}

  /** One of the best or worst documents; {@code place} counts from 1 within its end. */
  public record Extreme(
      End end,
      int place,
      String document,
      String domain,
      int tokens,
      double score,
      String excerpt) {
    /** Which end of the ranking. */
    public enum End {
      BEST,
      WORST
    }
  }

  /**
   * Which parts of a document lean on which far earlier ones.
   *
   * @param scorer the scorer whose measurement shows it
   * @param tokens of the document, by the scoring model's tokenizer; where that can't be read, the
   *     end of the last link
   * @param links the strongest first
   */
  public record Linked(String document, String scorer, int tokens, List<Link> links) {}

  /**
   * A segment, in tokens, that leans on an earlier one.
   *
   * @param words the first words of the segment; empty where they can't be read
   * @param earlierWords those of the earlier one
   */
  public record Link(
      int start,
      int end,
      int earlierStart,
      int earlierEnd,
      double strength,
      String words,
      String earlierWords) {}

  /**
   * Which lengths a training reads, and when.
   *
   * @param lanes one entry a phase and length; empty where there is no schedule
   * @param turns its parts, from the first on
   */
  public record Schedule(List<ScheduledLane> lanes, List<Turn> turns) {
    static final Schedule NONE = new Schedule(List.of(), List.of());

    public long steps() {
      return lanes.stream().mapToLong(ScheduledLane::steps).sum();
    }

    /** How much dearer than the mean of its lane the dearest step is; 1 where none is. */
    public double imbalance() {
      return lanes.stream().mapToDouble(ScheduledLane::imbalance).max().orElse(1);
    }
  }

  /**
   * Steps of one lane in one part of a training.
   *
   * @param middle the step in the middle of the part
   */
  public record Turn(double middle, String lane, long steps) {}

  /** Documents and tokens that a stage left out for one reason. */
  public record Dropped(String stage, String reason, long documents, long tokens) {}

  static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
