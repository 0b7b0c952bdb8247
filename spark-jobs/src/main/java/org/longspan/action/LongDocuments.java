package org.longspan.action;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What becomes of a document that is longer than a sequence. */
public enum LongDocuments {
  /** It is cut, and all of it is packed. */
  FRAGMENT,
  /** Its first tokens fill a sequence; the rest is among the drops. */
  TRUNCATE,
  /** It is left out. */
  DROP,
  /** The stage fails and names it. */
  ERROR;

  /**
   * The policy of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static LongDocuments parse(String name) {
    List<String> names =
        Arrays.stream(values()).map(policy -> policy.name().toLowerCase(Locale.ROOT)).toList();
    int index = names.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException(
          "There is no policy \"%s\" for documents longer than a sequence; choose one of %s."
              .formatted(name, names));
    }

    return values()[index];
  }
}
