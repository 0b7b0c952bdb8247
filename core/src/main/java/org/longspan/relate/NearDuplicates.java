package org.longspan.relate;

import java.io.Serializable;

/**
 * A rule that tells texts which are nearly the same. Of each text a small sketch is kept, and
 * sketches are compared, so that a slice's texts need not be in memory.
 */
public interface NearDuplicates extends Serializable {
  /** What is kept of a text; comparable with sketches of the same rule alone. */
  byte[] sketch(String text);

  /** Whether the texts of two sketches are nearly the same. */
  boolean areAlike(byte[] one, byte[] other);
}
