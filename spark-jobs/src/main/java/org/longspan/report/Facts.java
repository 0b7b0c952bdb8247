package org.longspan.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.longspan.action.ScheduledLane;
import org.longspan.length.LengthBucket;

/**
 * What the tables of a run say, small enough to print: nothing here grows with the corpus.
 *
 * @param longFrom tokens from which a document is long
 * @param domains one entry a domain, in name order
 * @param lengths token counts by domain and length bucket, buckets ascending
 * @param beyond tokens of each domain that stand far inside of their documents
 * @param scorer the scorer that ranked documents; null where none ran
 * @param scoreStatuses documents by status
 * @param scoreBins score distribution by domain
 * @param extremes the best and the worst scored documents
 * @param linked the strongest links of those documents, where links were wanted
 * @param others what the other scorers say, in name order
 * @param packers sequences by the packer that made them
 * @param schedule which lengths the steps of a training read, and when
 * @param drops what was left out, by stage and reason
 * @param quarantine rows set aside, by reason
 */
public record Facts(
    int longFrom,
    List<Domain> domains,
    List<LengthCell> lengths,
    List<Beyond> beyond,
    String scorer,
    Map<String, Long> scoreStatuses,
    List<ScoreBin> scoreBins,
    List<Extreme> extremes,
    List<Linked> linked,
    List<Scored> others,
    List<Packed> packers,
    Schedule schedule,
    List<Dropped> drops,
    Map<String, Long> quarantine) {

  /** A domain before and after documents were chosen; copies counted after. */
  public record Domain(
      String name,
      long documentsBefore,
      long tokensBefore,
      long longTokensBefore,
      long documentsAfter,
      long tokensAfter,
      long longTokensAfter) {
    public double longShareBefore() {
      return share(longTokensBefore, tokensBefore);
    }

    public double longShareAfter() {
      return share(longTokensAfter, tokensAfter);
    }
  }

  /** Tokens of one domain in one length bucket. */
  public record LengthCell(
      String domain, LengthBucket bucket, long tokensBefore, long tokensAfter) {}

  /** Tokens of a domain that have {@code position} tokens or more of their document before them. */
  public record Beyond(String domain, int position, long tokensBefore, long tokensAfter) {}

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
   * Sequences of one packer.
   *
   * @param tokens of all of them, padding counted
   * @param shortest tokens of its shortest sequence
   * @param longest tokens of its longest sequence
   */
  public record Packed(
      String packer,
      long sequences,
      long tokens,
      int shortest,
      int longest,
      long padTokens,
      double relatedness) {
    double fill() {
      return share(tokens - padTokens, tokens);
    }
  }

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

  public long documentsBefore() {
    return domains.stream().mapToLong(Domain::documentsBefore).sum();
  }

  public long documentsAfter() {
    return domains.stream().mapToLong(Domain::documentsAfter).sum();
  }

  public long tokensBefore() {
    return domains.stream().mapToLong(Domain::tokensBefore).sum();
  }

  public long tokensAfter() {
    return domains.stream().mapToLong(Domain::tokensAfter).sum();
  }

  /** Share of the corpus's tokens that a domain has before. */
  public double domainShareBefore(Domain domain) {
    return share(domain.tokensBefore(), tokensBefore());
  }

  /** Share of the chosen tokens that a domain has after. */
  public double domainShareAfter(Domain domain) {
    return share(domain.tokensAfter(), tokensAfter());
  }

  public long sequences() {
    return packers.stream().mapToLong(Packed::sequences).sum();
  }

  /** Tokens of a sequence, such as {@code 8,192} or {@code 256 to 8,192}; 0 without any. */
  public String sequenceLength() {
    int shortest = packers.stream().mapToInt(Packed::shortest).min().orElse(0);
    int longest = packers.stream().mapToInt(Packed::longest).max().orElse(0);
    return shortest == longest
        ? String.format(Locale.ROOT, "%,d", longest)
        : String.format(Locale.ROOT, "%,d to %,d", shortest, longest);
  }

  /** Share of all sequence tokens that is no padding; 0 where there is no sequence. */
  public double fill() {
    long room = packers.stream().mapToLong(Packed::tokens).sum();
    return share(room - packers.stream().mapToLong(Packed::padTokens).sum(), room);
  }

  static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
