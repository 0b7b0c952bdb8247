package org.longspan.mix;

import java.util.Locale;

/** What happens to the one document of a cell with which the wanted tokens would be passed. */
public enum Border {
  /** It is taken whole, or left, whichever is nearer: a cell is off by half of it at most. */
  WHOLE,
  /** Its last copy ends where the cell has exactly the wanted tokens. */
  CUT;

  /** {@code whole} or {@code cut}. */
  public static Border parse(String name) {
    for (Border border : values()) {
      if (border.name().toLowerCase(Locale.ROOT).equals(name)) {
        return border;
      }
    }

    throw new IllegalArgumentException(
        "upsample.border must be whole or cut, not \"" + name + "\".");
  }

  /**
   * Tokens that are kept of a document's last copy.
   *
   * @param wanted tokens that the cell still lacks, below {@code tokens}
   * @param tokens the document's
   */
  public int kept(long wanted, int tokens) {
    return switch (this) {
      case WHOLE -> 2 * wanted > tokens ? tokens : 0;
      case CUT -> (int) wanted;
    };
  }
}
