package org.longspan.mix;

/**
 * What a domain has to choose from, before any choice.
 *
 * @param domain the domain's name
 * @param shortDocuments documents below the length from which they are long
 * @param shortTokens their tokens
 * @param longDocuments documents from that length on
 * @param longTokens their tokens
 */
public record Supply(
    String domain, long shortDocuments, long shortTokens, long longDocuments, long longTokens) {
  public Supply {
    if (shortDocuments < 0 || shortTokens < 0 || longDocuments < 0 || longTokens < 0) {
      throw new IllegalArgumentException(
          "Domain %s has a negative number of documents or tokens.".formatted(domain));
    }
  }

  /** Tokens of both cells. */
  public long tokens() {
    return shortTokens + longTokens;
  }

  /** Tokens of one cell. */
  public long tokens(Length length) {
    return length == Length.LONG ? longTokens : shortTokens;
  }

  /** Documents of one cell. */
  public long documents(Length length) {
    return length == Length.LONG ? longDocuments : shortDocuments;
  }

  /** This and more of the same domain. */
  public Supply plus(Supply other) {
    return new Supply(
        domain,
        shortDocuments + other.shortDocuments,
        shortTokens + other.shortTokens,
        longDocuments + other.longDocuments,
        longTokens + other.longTokens);
  }
}
