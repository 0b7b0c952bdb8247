package org.longspan.mix;

import java.util.List;

/**
 * Finds how far down a ranking a number of tokens reaches, without sorting: the smallest keys (see
 * {@link RankKey}) whose documents hold the wanted tokens.
 *
 * <p>The threshold is known to lie inside one bin, a range of keys. While it is not {@linkplain
 * #settled() settled}, the caller cuts the range from {@link #low} to {@link #high} into at most
 * {@value #BINS} equal parts, counts the documents of each, and {@linkplain #refine refines}. A
 * round narrows the range {@value #BINS}-fold, so there are at most seven, and two to four in
 * practice.
 *
 * <p>What is found is the key at the border: all documents before it are chosen, and of those that
 * have it, {@link #rest} tokens are wanted, fewer than they have. {@link BorderDocument} decides
 * among them.
 */
public final class KeyThreshold {
  /** Parts into which a range is cut at most. */
  public static final int BINS = 1 << 10;

  private static final int BIN_BITS = Integer.numberOfTrailingZeros(BINS);

  private final Bin border;
  private final long wanted;

  private KeyThreshold(Bin border, long wanted) {
    this.border = border;
    this.wanted = wanted;
  }

  /**
   * The documents of a range of keys.
   *
   * @param documents how many
   * @param tokens their tokens
   * @param low the smallest key that occurs, 0 or more
   * @param high the largest key that occurs
   */
  public record Bin(long documents, long tokens, long low, long high) {
    public Bin {
      if (documents < 1 || tokens < 0 || low < 0 || high < low) {
        throw new IllegalArgumentException(
            "A bin needs documents and keys 0 <= low <= high, not %d documents in [%d, %d]."
                .formatted(documents, low, high));
      }
    }
  }

  /**
   * The threshold below which {@code wanted} of the bin's tokens lie.
   *
   * @param wanted from 0, and fewer than the bin has
   */
  public static KeyThreshold within(Bin bin, long wanted) {
    if (wanted < 0 || wanted >= Math.max(1, bin.tokens())) {
      throw new IllegalArgumentException(
          "Of %d tokens %d can't be wanted.".formatted(bin.tokens(), wanted));
    }

    return new KeyThreshold(bin, wanted);
  }

  /** Whether {@link #key} and {@link #rest} are final. */
  public boolean settled() {
    return wanted == 0 || border.low() == border.high();
  }

  /** Documents with a smaller key are chosen. Only once settled. */
  public long key() {
    checkSettled();
    return border.low();
  }

  /** Tokens wanted of the documents that have the key; 0 or more. Only once settled. */
  public long rest() {
    checkSettled();
    return wanted;
  }

  private void checkSettled() {
    if (!settled()) {
      throw new IllegalStateException("The threshold is not settled yet; refine it.");
    }
  }

  /** The smallest key of the range to cut. */
  public long low() {
    return border.low();
  }

  /** The largest key of the range to cut. */
  public long high() {
    return border.high();
  }

  /** The part of a key of the range is {@code (key - low()) >> shift()}. */
  public int shift() {
    int width = Long.SIZE - Long.numberOfLeadingZeros(high() - low());
    return Math.max(0, width - BIN_BITS);
  }

  /**
   * The threshold, one round nearer.
   *
   * @param parts the parts of the range that hold documents, in ascending order of keys; together
   *     the documents of the range
   */
  public KeyThreshold refine(List<Bin> parts) {
    long documents = parts.stream().mapToLong(Bin::documents).sum();
    long tokens = parts.stream().mapToLong(Bin::tokens).sum();
    if (documents != border.documents() || tokens != border.tokens()) {
      throw new IllegalArgumentException(
          "The keys from %d to %d had %d documents of %d tokens, but now %d of %d: the input changes while it is read."
              .formatted(low(), high(), border.documents(), border.tokens(), documents, tokens));
    }

    long rest = wanted;
    for (Bin part : parts) {
      if (rest < part.tokens()) {
        return within(part, rest);
      }

      rest -= part.tokens();
    }

    throw new AssertionError(
        "The parts hold more tokens than wanted, so one of them has the border.");
  }
}
