package org.longspan.score;

import java.util.Locale;

/**
 * The classes of long documents of LongWanjuan, arXiv 2402.13583, as its figure of the method
 * describes them:
 *
 * <pre>
 *               coherence   cohesion   complexity
 *   holistic    high        high       medium
 *   aggregated  medium      medium     medium
 *   chaotic     low         low        either extreme
 * </pre>
 *
 * <p>Where high and low begin was set by hand for each domain and is not published, and of the 27
 * combinations the figure names three. Here the measures are ranks among like documents, from 0 to
 * 1, with one pair of borders for all, and the other combinations follow by these rules, in this
 * order: a document is chaotic if its coherence or cohesion is low and its complexity is not
 * medium, or both are low; holistic if its coherence is high, its cohesion is not low and its
 * complexity is medium; else aggregated.
 *
 * @param low ranks below it are low
 * @param high ranks above it are high
 */
public record LongWanjuanClasses(double low, double high) {
  public LongWanjuanClasses {
    if (!(low >= 0 && low < high && high <= 1)) {
      throw new IllegalArgumentException(
          "Low must begin below high, both from 0 to 1, not at %s and %s.".formatted(low, high));
    }
  }

  /** A class of long documents. */
  public enum Kind {
    /** One text, which its reader needs as a whole. */
    HOLISTIC,
    /** Parts that belong together without depending on each other. */
    AGGREGATED,
    /** Nothing that holds it together. */
    CHAOTIC;

    /** The name: {@code holistic}, {@code aggregated}, {@code chaotic}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The class of a document with these ranks. */
  public Kind of(double coherence, double cohesion, double complexity) {
    boolean extreme = complexity < low || complexity > high;
    boolean incoherent = coherence < low;
    boolean loose = cohesion < low;

    if ((incoherent && loose) || (extreme && (incoherent || loose))) {
      return Kind.CHAOTIC;
    }

    return coherence > high && !loose && !extreme ? Kind.HOLISTIC : Kind.AGGREGATED;
  }
}
