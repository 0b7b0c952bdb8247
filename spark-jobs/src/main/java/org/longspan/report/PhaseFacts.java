package org.longspan.report;

import java.util.List;
import java.util.Locale;
import org.longspan.action.RelatednessFigure;
import org.longspan.length.LengthBucket;

/**
 * What one phase of a run chose and packed.
 *
 * @param name of the phase; empty: the run has no phases, and this is all of it
 * @param longFrom tokens from which a document is long
 * @param domains one entry a domain, in name order
 * @param lengths token counts by domain and length bucket, buckets ascending
 * @param beyond tokens of each domain that stand far inside of their documents
 * @param packers sequences by the packer that made them
 * @param relatedness what was measured of the sequences; empty where nothing was
 */
public record PhaseFacts(
    String name,
    int longFrom,
    List<Domain> domains,
    List<LengthCell> lengths,
    List<Beyond> beyond,
    List<Packed> packers,
    List<RelatednessFigure> relatedness) {
  public PhaseFacts {
    domains = List.copyOf(domains);
    lengths = List.copyOf(lengths);
    beyond = List.copyOf(beyond);
    packers = List.copyOf(packers);
    relatedness = List.copyOf(relatedness);
  }

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
      return Facts.share(longTokensBefore, tokensBefore);
    }

    public double longShareAfter() {
      return Facts.share(longTokensAfter, tokensAfter);
    }
  }

  /** Tokens of one domain in one length bucket. */
  public record LengthCell(
      String domain, LengthBucket bucket, long tokensBefore, long tokensAfter) {}

  /** Tokens of a domain that have {@code position} tokens or more of their document before them. */
  public record Beyond(String domain, int position, long tokensBefore, long tokensAfter) {}

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
      return Facts.share(tokens - padTokens, tokens);
    }
  }

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
    return Facts.share(domain.tokensBefore(), tokensBefore());
  }

  /** Share of the chosen tokens that a domain has after. */
  public double domainShareAfter(Domain domain) {
    return Facts.share(domain.tokensAfter(), tokensAfter());
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
    return Facts.share(room - packers.stream().mapToLong(Packed::padTokens).sum(), room);
  }
}
