package org.longspan.context;

import java.util.Arrays;

/**
 * What {@link ResponsePairs} showed of a window: mean losses of the response's tokens from the
 * second on, which every pass predicts, in nats.
 *
 * @param alone of the response by itself
 * @param after of the response after each segment
 */
public record ResponseLosses(double alone, double[] after) {
  /** What each segment lowers the loss by, in nats a token. */
  public double[] gains() {
    return Arrays.stream(after).map(loss -> alone - loss).toArray();
  }
}
