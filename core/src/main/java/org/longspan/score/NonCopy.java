package org.longspan.score;

import org.longspan.context.ContextWindows;
import org.longspan.context.CopiedTokens;

/**
 * The non-copy part of any score that reads {@link ContextWindows}: the same score over the tokens
 * that do not continue an exact n-gram seen far before. All loss contrasts reward verbatim
 * repetition (a long context that holds the same sentence makes it certain); this is the part of
 * them that does not. Cost: that of the score and O(tokens).
 */
public final class NonCopy implements Scorer<ContextWindows> {
  /** What is appended to the name of the score. */
  public static final String SUFFIX = "-non-copy";

  private final Scorer<ContextWindows> whole;
  private final CopiedTokens copied;

  /**
   * @param whole the score
   * @param copied what a copy is
   */
  public NonCopy(Scorer<ContextWindows> whole, CopiedTokens copied) {
    this.whole = whole;
    this.copied = copied;
  }

  @Override
  public String name() {
    return whole.name() + SUFFIX;
  }

  @Override
  public Score score(ContextWindows measured) {
    return whole.score(measured.map(window -> window.without(copied.of(window.tokens()))));
  }
}
