package org.longspan.rank;

/**
 * Keeps the documents whose rank among like documents lies between two quantiles. OLMo 3, arXiv
 * 2512.13961, section 3.6, keeps the middle 60 % by gzip ratio: from 0.2 to 0.8.
 *
 * <p>Quantiles count documents, not tokens. Documents with one and the same score share a rank and
 * are kept or left out together, so the share that is left out is exact to half of such a run.
 *
 * @param from the lowest rank that is kept, in [0, 1)
 * @param to the highest, above {@code from} and at most 1
 */
public record QuantileCut(double from, double to) {
  public QuantileCut {
    if (!(from >= 0 && from < to && to <= 1)) {
      throw new IllegalArgumentException(
          "A cut keeps ranks from a quantile in [0, 1) to a higher one of at most 1, not from %s to %s."
              .formatted(from, to));
    }
  }

  public boolean keeps(double rank) {
    return from <= rank && rank <= to;
  }

  /** Whether every rank is kept. */
  public boolean keepsAll() {
    return from == 0 && to == 1;
  }
}
