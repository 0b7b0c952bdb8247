package org.longspan.mix;

/**
 * How often the documents of a domain are taken, on average over the tokens of a cell.
 *
 * @param shorts copies of a short document
 * @param longs copies of a long document
 */
public record Rates(double shorts, double longs) {
  public double of(Length length) {
    return length == Length.LONG ? longs : shorts;
  }
}
