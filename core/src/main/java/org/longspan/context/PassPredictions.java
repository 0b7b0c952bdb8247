package org.longspan.context;

/**
 * What a model said in one pass over tokens; entry k is about the token k + 1 after the start.
 *
 * @param losses -ln p of each token
 * @param entropies of the whole distribution, in nats; empty where not asked for
 * @param first whether the token was the most probable one; empty where not asked for
 */
public record PassPredictions(float[] losses, float[] entropies, boolean[] first) {
  private static final float[] NO_ENTROPIES = {};
  private static final boolean[] NO_FIRST = {};

  /** Losses alone. */
  public static PassPredictions of(float[] losses) {
    return new PassPredictions(losses, NO_ENTROPIES, NO_FIRST);
  }
}
