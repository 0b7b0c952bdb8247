package org.longspan.context;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.IntFunction;
import org.longspan.attention.AttentionReadings;

/**
 * A stretch of a document that was read with contexts of several lengths. Arrays by token have an
 * entry for each token of the window; NaN where it was not predicted or does not count.
 */
public final class ContextWindow {
  private final int start;
  private final int[] tokens;
  private final SortedMap<Integer, PassPredictions> passes;
  private final float[] companion;
  private final AttentionReadings attention;
  private final Map<ResponsePairs, ResponseLosses> responses;
  private final BitSet leftOut;

  /**
   * @param start index in the document of the window's first token
   * @param tokens the window's tokens
   * @param passes what was predicted, by the start of the pass
   * @param companion losses of a second model under the whole prefix, for tokens 1 on; empty
   *     without one
   */
  public ContextWindow(
      int start, int[] tokens, SortedMap<Integer, PassPredictions> passes, float[] companion) {
    this(start, tokens, passes, companion, AttentionReadings.NONE);
  }

  /**
   * @param attention what was read of the attention in the pass over the whole window
   */
  public ContextWindow(
      int start,
      int[] tokens,
      SortedMap<Integer, PassPredictions> passes,
      float[] companion,
      AttentionReadings attention) {
    this(start, tokens, passes, companion, attention, Map.of(), new BitSet());
  }

  private ContextWindow(
      int start,
      int[] tokens,
      SortedMap<Integer, PassPredictions> passes,
      float[] companion,
      AttentionReadings attention,
      Map<ResponsePairs, ResponseLosses> responses,
      BitSet leftOut) {
    this.start = start;
    this.tokens = tokens;
    this.passes = passes;
    this.companion = companion;
    this.attention = attention;
    this.responses = responses;
    this.leftOut = leftOut;
  }

  /** Index in the document of the window's first token. */
  public int start() {
    return start;
  }

  /** The window's tokens; not to be changed. */
  public int[] tokens() {
    return tokens;
  }

  /** Whether a token counts: it was not {@linkplain #without left out}. */
  public boolean counts(int token) {
    return !leftOut.get(token);
  }

  /** Tokens that count, the first aside, which nothing predicts. */
  public int counted() {
    return Math.max(0, tokens.length - 1)
        - leftOut.get(1, Math.max(1, tokens.length)).cardinality();
  }

  /** -ln p of each token under these contexts. */
  public float[] losses(Contexts contexts) {
    return read(contexts, start -> passes.get(start).losses());
  }

  /** The entropy of the distribution in which each token was predicted, in nats. */
  public float[] entropies(Contexts contexts) {
    return read(contexts, start -> passes.get(start).entropies());
  }

  /** Whether each token was the most probable one: 1 or 0. */
  public float[] firsts(Contexts contexts) {
    return read(
        contexts,
        start -> {
          boolean[] first = passes.get(start).first();
          float[] hits = new float[first.length];

          for (int i = 0; i < hits.length; i++) {
            hits[i] = first[i] ? 1 : 0;
          }

          return hits;
        });
  }

  /** -ln p of each token by the second model, under the whole prefix. */
  public float[] companionLosses() {
    float[] all = new float[tokens.length];
    Arrays.fill(all, Float.NaN);

    for (int t = 1; t < tokens.length; t++) {
      if (counts(t)) {
        all[t] = companion[t - 1];
      }
    }

    return all;
  }

  /** What was read of the attention in the pass over the whole window, whatever counts. */
  public AttentionReadings attention() {
    return attention;
  }

  /**
   * The losses of the window's response, whatever counts.
   *
   * @throws IllegalArgumentException if they were not asked for
   */
  public ResponseLosses response(ResponsePairs pairs) {
    ResponseLosses losses = responses.get(pairs);

    if (losses == null) {
      throw new IllegalArgumentException("No losses of the response are there for " + pairs + ".");
    }

    return losses;
  }

  /** The same window in which some tokens do not count. */
  public ContextWindow without(BitSet others) {
    BitSet all = (BitSet) leftOut.clone();
    all.or(others);
    return new ContextWindow(start, tokens, passes, companion, attention, responses, all);
  }

  /** The same window with the losses of its response. */
  public ContextWindow with(Map<ResponsePairs, ResponseLosses> measured) {
    return new ContextWindow(
        start, tokens, passes, companion, attention, Map.copyOf(measured), leftOut);
  }

  private float[] read(Contexts contexts, IntFunction<float[]> pass) {
    float[] values = new float[tokens.length];
    int at = Contexts.NONE;
    float[] read = {};

    for (int t = 0; t < tokens.length; t++) {
      int from = contexts.start(t, tokens.length);

      if (from == Contexts.NONE || !counts(t)) {
        values[t] = Float.NaN;
        continue;
      }

      if (from != at) {
        at = from;
        read = pass.apply(from);
      }

      values[t] = read[t - from - 1];
    }

    return values;
  }
}
