package org.longspan.scoring;

import java.util.Locale;

/** A table that a scorer can fill beside its scores. */
public enum SideTable {
  /** The weight of each token of a document, for a trainer's loss. */
  TOKEN_WEIGHTS("Token weights"),
  /** The strongest links between a document's segments, for a person. */
  LINKS("Links");

  private final String title;

  SideTable(String title) {
    this.title = title;
  }

  /** Its name among a run's tables. */
  public String table() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it holds, as a sentence begins. */
  String title() {
    return title;
  }
}
