package org.longspan.scoring;

/** How much of a model is read into memory. */
public enum ModelPart {
  /** Queries and keys of the first layer: all that some views of its attention need. */
  FIRST_LAYER,
  /** All weights. */
  WHOLE
}
