package org.longspan.plan;

import java.util.Optional;

/**
 * What one phase of a run would choose and pack.
 *
 * @param name empty where the run has no phases
 * @param upsample empty where its documents would not be chosen now
 * @param pack empty where nothing would be packed or exported now
 */
public record PhaseForecast(
    String name, Optional<UpsampleForecast> upsample, Optional<PackForecast> pack) {}
