package org.longspan.report;

import java.util.Map;
import org.longspan.run.Balance;

/**
 * What the report says of one stage.
 *
 * @param seconds how long the stage took when it ran
 * @param reused whether this run found it done
 */
public record StageFacts(
    String name, boolean reused, double seconds, Balance balance, Map<String, Double> figures) {}
