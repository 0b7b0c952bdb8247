package org.longspan.ingest;

import java.util.Locale;

/** Why a row is not a document. */
enum Reason {
  /** The line is not one JSON object. */
  BROKEN_JSON,
  /** Bytes that are not UTF-8, or an escaped half of a surrogate pair. */
  BROKEN_UTF8,
  /** The text has a NUL character. */
  NUL,
  /** The row has no text, or its text is null or no string. */
  NULL_TEXT,
  /** The text is empty or blank, perhaps after cleaning. */
  EMPTY_TEXT,
  /** More UTF-8 bytes than {@code input.max-document-bytes}. */
  TOO_LARGE,
  /** Neither the row nor its source has a domain. */
  NO_DOMAIN,
  /** The id is neither a string nor a number. */
  BAD_ID,
  /** An earlier row has the same id and another text. */
  DUPLICATE_ID,
  /** The file ends too early or is not what its name says; rows before the break are kept. */
  BROKEN_FILE,
  /** No format goes with the file's name, and the source names none. */
  UNKNOWN_FORMAT,
  /** A file that a source of this format passes over: drops, not quarantine. */
  NOT_TEXT,
  /** An earlier document has the same text: drops, not quarantine. */
  EXACT_DUPLICATE;

  /** As in the tables: {@code broken-json}. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
