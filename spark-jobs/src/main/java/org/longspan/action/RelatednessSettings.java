package org.longspan.action;

/**
 * How closely {@link RelatednessAction} looks.
 *
 * @param rows of a domain that are sampled, at most; 0: none, and exposure and hubs alone are told
 * @param pairs of documents of a sampled row, at most, within it, across rows and side by side
 * @param characters of a document that are read, from its beginning
 */
public record RelatednessSettings(int rows, int pairs, int characters) {
  public static final RelatednessSettings USUAL = new RelatednessSettings(200, 8, 8_192);

  public RelatednessSettings {
    if (rows < 0 || pairs < 1 || characters < 1) {
      throw new IllegalArgumentException(
          "Relatedness is measured on 0 or more rows, with at least 1 pair of each and 1 character of a document, not on %d, %d and %d."
              .formatted(rows, pairs, characters));
    }
  }
}
