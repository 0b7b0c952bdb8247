package org.longspan.model;

import org.longspan.attention.AttentionReadings;
import org.longspan.context.PassPredictions;

/**
 * What was read in a pass over one row.
 *
 * @param predictions what the model said of tokens 1 on; its arrays are empty where not asked for
 * @param attention a reading for each view that was asked for
 */
public record Attended(PassPredictions predictions, AttentionReadings attention) {}
