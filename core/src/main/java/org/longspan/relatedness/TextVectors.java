package org.longspan.relatedness;

import java.io.Serializable;

/** Texts as vectors of which the dot product tells how alike two texts are. */
public interface TextVectors extends Serializable {
  /** What makes the vectors, such as {@code hashed-terms}. */
  String name();

  /** The vector of a text: of length 1, or all 0 for a text that has none. */
  float[] of(String text);
}
