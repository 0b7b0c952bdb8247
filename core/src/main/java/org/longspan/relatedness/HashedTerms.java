package org.longspan.relatedness;

import java.util.Arrays;
import org.longspan.relate.WordHashes;

/**
 * Texts as vectors of their words, without a model and without a vocabulary: feature hashing,
 * Weinberger et al., arXiv 0902.2206.
 *
 * <pre>
 *   v[h(w)] += sign(w) · (1 + ln tf(w)) · idf(w)     for each word w of the text
 *   v / |v|                                          {@value #DIMENSION} components
 * </pre>
 *
 * <p>Signs keep the expected dot product that of the words themselves; words that meet by chance
 * add an error of about 1 / sqrt({@value #DIMENSION}) = 0.04. Pure and immutable. Cost: O(n log n)
 * for n words.
 */
public final class HashedTerms implements TextVectors {
  public static final int DIMENSION = 512;

  private final DocumentFrequencies sample;

  private HashedTerms(DocumentFrequencies sample) {
    this.sample = sample;
  }

  /** All words weigh alike but for how often the text has them. */
  public static HashedTerms unweighted() {
    return new HashedTerms(new DocumentFrequencies());
  }

  /**
   * Words that few texts of the sample have weigh more. The sample must not be changed any more.
   */
  public static HashedTerms weighedBy(DocumentFrequencies sample) {
    return new HashedTerms(sample);
  }

  @Override
  public String name() {
    return "hashed-terms";
  }

  @Override
  public float[] of(String text) {
    long[] words = WordHashes.of(text);
    Arrays.sort(words);
    double[] sums = new double[DIMENSION];
    int begin = 0;
    for (int i = 1; i <= words.length; i++) {
      if (i == words.length || words[i] != words[begin]) {
        add(sums, words[begin], i - begin);
        begin = i;
      }
    }

    return unit(sums);
  }

  private void add(double[] sums, long word, int frequency) {
    double weight = (1 + StrictMath.log(frequency)) * sample.idf(word);
    sums[(int) word & (DIMENSION - 1)] += (word & DIMENSION) == 0 ? weight : -weight;
  }

  private static float[] unit(double[] sums) {
    double length = StrictMath.sqrt(Arrays.stream(sums).map(x -> x * x).sum());
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION && length > 0; i++) {
      vector[i] = (float) (sums[i] / length);
    }

    return vector;
  }
}
