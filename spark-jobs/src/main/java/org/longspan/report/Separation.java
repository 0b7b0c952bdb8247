package org.longspan.report;

/**
 * How well a scorer tells the documents of one label from those of another, within a domain.
 *
 * @param scorer the scorer
 * @param label of the documents that should score lower
 * @param domain the domain of both
 * @param auc the chance that a good document scores higher; NaN where a side has no score
 * @param good scored documents of the good label
 * @param others scored documents of the other label
 */
public record Separation(
    String scorer, String label, String domain, double auc, int good, int others) {}
