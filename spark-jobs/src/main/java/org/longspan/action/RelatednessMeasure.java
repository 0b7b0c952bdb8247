package org.longspan.action;

import java.util.Locale;

/** What {@link RelatednessAction} measures; the names are those of the table, in small letters. */
public enum RelatednessMeasure {
  /** Mean cosine of two documents of one row. */
  WITHIN_ROW,
  /** Mean cosine of two documents of different rows of one domain. */
  ACROSS_ROWS,
  /** Share of neighbours in a row that are near-duplicates by their words. */
  NEAR_DUPLICATES,
  /** Share of neighbours in a row that begin alike, as In-Context Pretraining's code sees it. */
  ALIKE_BEGINNINGS,
  /** Mean Zipf coefficient of a row's tokens. */
  ZIPF,
  /** The same of rows as long, mixed of pieces of the domain's other rows. */
  ZIPF_MIXED,
  /** Documents by the edges that lead to them; the value is their share. */
  IN_DEGREE,
  /** The most edges that lead to one document. */
  MOST_EDGES,
  /** Share of the edges that lead to the most wanted hundredth of the documents. */
  EDGES_TO_TOP,
  /** Trained tokens by what they see before them under a mask; the value is their share. */
  EXPOSURE,
  /** The same without a mask. */
  EXPOSURE_UNMASKED,
  /** EXACT's weight of the trained tokens of a bucket. */
  EXACT_WEIGHT;

  /** Its name in the table, such as {@code within-row}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
