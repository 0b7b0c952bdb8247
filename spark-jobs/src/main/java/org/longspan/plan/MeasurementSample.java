package org.longspan.plan;

import java.util.List;

/**
 * What a measurement would ask of the models, for the documents of a sample.
 *
 * @param scorers the scorers that read it
 * @param sources one a source
 * @param tokensPerSecond tokens that go through the models in a second on one thread; 0 where no
 *     document was long enough to try
 */
public record MeasurementSample(
    List<String> scorers, List<SourceWork> sources, double tokensPerSecond) {
  public MeasurementSample {
    scorers = List.copyOf(scorers);
    sources = List.copyOf(sources);
  }

  /**
   * The documents of one source.
   *
   * @param source its place among the sources
   * @param tooShort documents that are too short to be measured
   * @param passTokens tokens that go through the models
   */
  public record SourceWork(int source, long documents, long tooShort, long passTokens) {}
}
