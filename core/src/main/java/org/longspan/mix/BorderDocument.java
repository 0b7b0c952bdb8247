package org.longspan.mix;

import java.util.List;

/**
 * Where the choice in a cell ends: documents that come before this one get a copy more, and of this
 * one's last copy some tokens are kept. Documents are in order of (key, tokens, id).
 *
 * @param key as in {@link RankKey}
 * @param tokens the document's
 * @param id the document's
 * @param kept tokens that are kept of its last copy; 0: it has no copy more, as those after it
 */
public record BorderDocument(long key, int tokens, String id, int kept) {
  /** Before every document. */
  public static final BorderDocument FIRST = new BorderDocument(-1, 0, "", 0);

  /** One of the documents that share a key. */
  public record Tied(int tokens, String id) {}

  /**
   * The border among the documents of one key.
   *
   * @param wanted tokens wanted of them
   * @param tied all of them that have tokens, in order, at least one
   */
  public static BorderDocument among(long key, long wanted, List<Tied> tied, Border border) {
    long rest = wanted;
    for (Tied document : tied) {
      if (rest < document.tokens()) {
        return new BorderDocument(
            key, document.tokens(), document.id(), border.kept(rest, document.tokens()));
      }

      rest -= document.tokens();
    }

    Tied last = tied.get(tied.size() - 1);
    return new BorderDocument(key, last.tokens(), last.id(), last.tokens());
  }

  /** Whether its last copy ends early. */
  public boolean isCut() {
    return kept > 0 && kept < tokens;
  }
}
