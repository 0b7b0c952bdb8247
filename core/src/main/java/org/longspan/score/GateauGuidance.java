package org.longspan.score;

/**
 * GATEAU's guidance as published, arXiv 2410.15633, over the documents of a data set.
 *
 * <pre>
 *   d(i)        = scaled PPL_short(i) - scaled PPL_long(i)    scaled(x) = (x - min) / (max - min)
 *   guidance(i) = exp(d(i)) / sum over j of exp(d(j))
 * </pre>
 *
 * <p>A perplexity that is the same in all documents is scaled to 0.
 *
 * @param leastShort the least perplexity of the short-context sibling
 * @param mostShort the greatest one
 * @param leastLong the least perplexity of the long-context model
 * @param mostLong the greatest one
 */
public record GateauGuidance(
    double leastShort, double mostShort, double leastLong, double mostLong) {

  /** exp(d) of a document: its part of the sum. Lies between 1/e and e. */
  public double part(double pplShort, double pplLong) {
    return Math.exp(scaled(pplShort, leastShort, mostShort) - scaled(pplLong, leastLong, mostLong));
  }

  private static double scaled(double value, double least, double most) {
    return most > least ? (value - least) / (most - least) : 0;
  }
}
