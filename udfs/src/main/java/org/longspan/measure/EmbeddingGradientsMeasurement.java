package org.longspan.measure;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.longspan.gradient.EmbeddingGradients;
import org.longspan.gradient.EmbeddingWindow;
import org.longspan.model.GradientModel;

/**
 * Measures {@link EmbeddingGradients}: the norms of the gradient of the mean loss of a window's
 * last tokens on the embedding of each token.
 *
 * <p>One gradient a window, windows one by one; for its memory see {@link GradientModel}.
 */
public final class EmbeddingGradientsMeasurement {
  private final GradientModel model;
  private final int response;
  private final Norm norm;
  private final OptionalInt startToken;

  /** How long a gradient is. */
  public enum Norm {
    /** The sum of what its components are without sign. */
    L1 {
      @Override
      float of(float[] gradient) {
        double sum = 0;

        for (float each : gradient) {
          sum += Math.abs(each);
        }

        return (float) sum;
      }
    },
    /** The root of the sum of their squares. */
    L2 {
      @Override
      float of(float[] gradient) {
        double sum = 0;

        for (float each : gradient) {
          sum += (double) each * each;
        }

        return (float) Math.sqrt(sum);
      }
    };

    abstract float of(float[] gradient);
  }

  /**
   * @param model shared with other threads
   * @param response tokens at the end of a window whose loss counts, at least 1; of a shorter
   *     window all but its first
   * @param norm how long a gradient is
   * @param startToken stands before every window, if there is one
   */
  public EmbeddingGradientsMeasurement(
      GradientModel model, int response, Norm norm, OptionalInt startToken) {
    this.model = model;
    this.response = response;
    this.norm = norm;
    this.startToken = startToken;
  }

  /**
   * Measures a document. Never throws for what is wrong with it.
   *
   * @param documentTokens tokens of the whole document
   * @param windows what is read of it, each of at least 2 tokens
   */
  public Measured<EmbeddingGradients> measure(int documentTokens, List<TokenWindow> windows) {
    try {
      return Measured.of(
          new EmbeddingGradients(documentTokens, windows.stream().map(this::measure).toList()));
    } catch (RuntimeException e) {
      return Measured.failed("The model failed: " + e.getMessage());
    }
  }

  private EmbeddingWindow measure(TokenWindow window) {
    int[] tokens = window.tokens();
    int first = Math.max(1, tokens.length - response);
    int before = startToken.isPresent() ? 1 : 0;
    int[] row = IntStream.concat(startToken.stream(), IntStream.of(tokens)).toArray();
    GradientModel.EmbeddingGradient gradient = model.onEmbeddings(row, first + before);
    float[] norms = new float[tokens.length];

    for (int t = 0; t < norms.length; t++) {
      norms[t] = norm.of(gradient.byToken()[t + before]);

      if (!Float.isFinite(norms[t])) {
        throw new IllegalStateException(
            "the gradient on token %d is not finite: its weights do not hold this text"
                .formatted(window.start() + t));
      }
    }

    return new EmbeddingWindow(window.start(), first, norms, gradient.loss());
  }
}
