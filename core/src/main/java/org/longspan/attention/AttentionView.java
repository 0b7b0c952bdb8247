package org.longspan.attention;

import java.io.Serializable;

/**
 * What is kept of the attention weights of a window. Views that are equal are read once.
 *
 * <p>A weight is a softmax over the keys that a query sees, itself included: those of a query sum
 * to 1. Rows of a query and columns of keys are tokens of the window, from 0.
 *
 * @param <R> what comes out
 */
public sealed interface AttentionView<R> extends Serializable
    permits SpanMasses, DistanceMasses, FarMasses, ResponseMasses, TopPositions, Sampled {}
