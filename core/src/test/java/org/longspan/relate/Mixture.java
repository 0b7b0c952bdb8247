package org.longspan.relate;

import java.util.Random;

/**
 * Made-up embeddings that are as unequal as real ones: topics, themes inside topics, and documents
 * around their theme, each level smaller than the one above. The n-th component has n^-0.5 of the
 * first's spread, as the spectra of sentence embeddings fall, and all share one mean direction.
 * Themes have sizes that differ by chance: the theme of a document is one of a uniform draw
 * squared.
 */
final class Mixture {
  private static final double THEME = 0.7;
  private static final double DOCUMENT = 0.7;

  private final int dimension;
  private final int themes;
  private final Random random;
  private final float[] mean;
  private final float[][] middles;

  Mixture(int dimension, int topics, int themes, long seed) {
    this.dimension = dimension;
    this.themes = themes;
    this.random = new Random(seed);
    this.mean = around(new float[dimension], 0.5);
    this.middles = new float[topics * themes][];
    for (int topic = 0; topic < topics; topic++) {
      float[] middle = around(mean, 1);
      for (int theme = 0; theme < themes; theme++) {
        middles[topic * themes + theme] = around(middle, THEME);
      }
    }
  }

  UnitVectors vectors(int size) {
    UnitVectors.Builder vectors = UnitVectors.ofDimension(dimension);
    for (int i = 0; i < size; i++) {
      int topic = (int) (skewed() * (middles.length / themes));
      vectors.add(around(middles[topic * themes + (int) (skewed() * themes)], DOCUMENT));
    }

    return vectors.build();
  }

  private double skewed() {
    double uniform = random.nextDouble();
    return uniform * uniform;
  }

  private float[] around(float[] middle, double spread) {
    float[] vector = middle.clone();
    for (int c = 0; c < dimension; c++) {
      vector[c] += (float) (spread * random.nextGaussian() / Math.sqrt(c + 1));
    }

    return vector;
  }
}
