package org.longspan.ingest;

import java.io.Serializable;

/**
 * What makes a row a document, the same for every format.
 *
 * @param maxDocumentBytes UTF-8 bytes of a text at most, from 1 to about 2 billion
 * @param domain the domain of rows without one; null: rows must have one
 */
record RowRules(long maxDocumentBytes, String domain) implements Serializable {
  /** Java holds no longer array. */
  private static final long LONGEST_ARRAY = Integer.MAX_VALUE - 16L;

  /** A JSON line may need six bytes for each of its text's, and has other fields. */
  private static final long JSON_BYTES_A_BYTE = 6;

  private static final long OTHER_FIELDS = 1 << 20;

  RowRules {
    if (maxDocumentBytes < 1) {
      throw new IllegalArgumentException(
          "A document must be allowed at least 1 byte, not " + maxDocumentBytes + ".");
    }
  }

  /** Accepts or refuses a row of known fields; {@code raw} is shown where it is refused. */
  InputRow accept(Place place, Fields fields, String raw) {
    String text = fields.text();
    if (text == null) {
      return InputRow.bad(place, Reason.NULL_TEXT, raw);
    }

    text = Utf8.withoutMark(text);
    long bytes = Utf8.length(text);
    if (bytes < 0) {
      return InputRow.bad(place, Reason.BROKEN_UTF8, raw);
    }

    if (bytes > maxDocumentBytes) {
      return InputRow.bad(place, Reason.TOO_LARGE, raw);
    }

    if (text.indexOf('\0') >= 0) {
      return InputRow.bad(place, Reason.NUL, raw);
    }

    if (text.isBlank() && fields.repositoryKey() == null) {
      return InputRow.bad(place, Reason.EMPTY_TEXT, raw);
    }

    String ownDomain = fields.domain() == null ? domain : fields.domain();
    if (ownDomain == null || ownDomain.isBlank()) {
      return InputRow.bad(place, Reason.NO_DOMAIN, raw);
    }

    String id = fields.id() == null || fields.id().isBlank() ? place.id() : fields.id();
    return InputRow.document(
        place,
        new Fields(
            id,
            text,
            ownDomain,
            fields.repo(),
            fields.repositoryKey(),
            fields.path(),
            fields.meta()));
  }

  /** Accepts or refuses bytes that are a whole text and all there is of a row. */
  InputRow accept(Place place, byte[] bytes, int length) {
    String raw = Utf8.lenient(bytes, length);
    String path = place.line() == 0 ? place.file().name() : null;
    return Utf8.decode(bytes, length)
        .map(text -> accept(place, Fields.text(text, path), raw))
        .orElseGet(() -> InputRow.bad(place, Reason.BROKEN_UTF8, raw));
  }

  /** What rows must share to be joined: source, domain and repository; null for no repository. */
  String repositoryKey(Place place, String ownDomain, String repo) {
    return repo == null
        ? null
        : Digest.key(
            String.join(
                "\n",
                Integer.toString(place.file().source()),
                String.valueOf(ownDomain == null ? domain : ownDomain),
                repo));
  }

  /** Bytes of a text that are read before giving up: one more than allowed, and a mark. */
  int textBytes() {
    return (int) (Math.min(maxDocumentBytes, LONGEST_ARRAY - 4) + 4);
  }

  /** Bytes of a line of JSON that are read before giving up. */
  int jsonLineBytes() {
    long most = LONGEST_ARRAY / JSON_BYTES_A_BYTE - OTHER_FIELDS;
    return (int) (Math.min(maxDocumentBytes, most) * JSON_BYTES_A_BYTE + OTHER_FIELDS);
  }
}
