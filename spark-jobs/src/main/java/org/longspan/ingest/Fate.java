package org.longspan.ingest;

import java.util.Locale;

/** What becomes of a row. */
enum Fate {
  /** It is a document, or becomes a part of one. */
  DOCUMENT,
  /** It could not be read: quarantine. */
  BAD,
  /** It was not meant to be read: drops. */
  SKIPPED;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
