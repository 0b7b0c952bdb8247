package org.longspan.score;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.longspan.gradient.EmbeddingGradients;
import org.longspan.gradient.EmbeddingWindow;

/**
 * Which tokens of a context a prediction rests on, by the gradient on their embeddings: the signal
 * of "Context Denoising Training", arXiv 2510.05862.
 *
 * <pre>
 *   mass(t)   = norm of d loss(response) / d embedding(t)     response: the last k tokens of a window
 *   score     = mass of the tokens more than d before the response / mass of all before it
 *   weight(t) = mass(t) / mean mass of the tokens before the response
 * </pre>
 *
 * <p>Published is the mass: in place of an integrated gradient of the attention, the norm of the
 * gradient on a token's embedding, with p = 1 in the released code and p = 2 in what others say of
 * the training. The paper denoises a training sample with it (it takes a part of the gradient off
 * the embeddings of the tokens that matter least); its released code is a preliminary study. To
 * score documents and weigh tokens is Longspan's: the last tokens of a window stand for the answer
 * that a sample has; the score is a mean over windows, in [0, 1], and rises with the window's
 * length, which {@code far_tokens}, the share of tokens so far away, tells apart; weights have the
 * mean 1, and those of responses and of tokens that were not read are 1.
 *
 * <p>Details: {@code windows}, {@code far_tokens}, {@code top_share} (the share of mass of the
 * hundredth of tokens with the most, among those before the response), {@code response_loss} in
 * nats. Cost: O(tokens log tokens); the measurement is four forward passes.
 */
public final class ContextDenoising
    implements Scorer<EmbeddingGradients>, TokenWeights<EmbeddingGradients> {
  private final int distance;

  /**
   * @param distance d, at least 0
   */
  public ContextDenoising(int distance) {
    if (distance < 0) {
      throw new IllegalArgumentException(
          "A distance is 0 tokens or more, not %d.".formatted(distance));
    }

    this.distance = distance;
  }

  @Override
  public String name() {
    return "context-denoising";
  }

  @Override
  public Score score(EmbeddingGradients measured) {
    int windows = 0;
    double share = 0;
    double farTokens = 0;
    double topShare = 0;
    double loss = 0;

    for (EmbeddingWindow window : measured.windows()) {
      int far = window.response() - distance;
      double mass = mass(window, window.response());

      // A context of no mass at all says nothing: its predictions are the same after any text.
      if (far <= 0 || mass == 0) {
        continue;
      }

      windows++;
      share += mass(window, far) / mass;
      farTokens += (double) far / window.response();
      topShare += top(window) / mass;
      loss += window.loss();
    }

    if (windows == 0) {
      return Score.tooShort(
          "None of the document's %d tokens lies more than %d tokens before a response."
              .formatted(measured.documentTokens(), distance));
    }

    Map<String, Double> details = new TreeMap<>();
    details.put("windows", (double) windows);
    details.put("far_tokens", farTokens / windows);
    details.put("top_share", topShare / windows);
    details.put("response_loss", loss / windows);
    return Score.of(share / windows, details);
  }

  /** A weight for each token of the document; 1 where it was not before a response. */
  @Override
  public float[] weights(EmbeddingGradients measured) {
    float[] weights = new float[measured.documentTokens()];
    Arrays.fill(weights, 1);

    for (EmbeddingWindow window : measured.windows()) {
      double mean = mass(window, window.response()) / window.response();

      for (int t = 0; t < window.response() && mean > 0; t++) {
        weights[window.start() + t] = (float) (window.norms()[t] / mean);
      }
    }

    return weights;
  }

  private static double mass(EmbeddingWindow window, int end) {
    double mass = 0;

    for (int t = 0; t < end; t++) {
      mass += window.norms()[t];
    }

    return mass;
  }

  private static double top(EmbeddingWindow window) {
    float[] sorted = Arrays.copyOf(window.norms(), window.response());
    Arrays.sort(sorted);
    double mass = 0;

    for (int i = sorted.length - Math.max(1, sorted.length / 100); i < sorted.length; i++) {
      mass += sorted[i];
    }

    return mass;
  }
}
