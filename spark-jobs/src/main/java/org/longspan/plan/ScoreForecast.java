package org.longspan.plan;

import java.util.List;
import java.util.function.ToLongFunction;
import org.longspan.plan.MeasurementSample.SourceWork;

/**
 * What scoring would cost.
 *
 * @param model where the scoring model lies
 * @param measurements what models would be asked; empty where all scorers read text alone
 * @param shardTokens about how many of these tokens commit together
 */
public record ScoreForecast(String model, List<Measurement> measurements, long shardTokens) {
  private static final double SECONDS_AN_HOUR = 3600;

  public ScoreForecast {
    measurements = List.copyOf(measurements);
  }

  /**
   * One measurement of the whole corpus.
   *
   * @param tooShort share of documents that are too short for it, 0 to 1
   * @param passTokens tokens that go through the models
   * @param tokensPerSecond on one thread
   */
  public record Measurement(
      List<String> scorers, double tooShort, long passTokens, double tokensPerSecond) {

    /**
     * Hours that one core would take: tokens / tokens a second / 3600; not a number where the speed
     * is not known.
     */
    public double coreHours() {
      if (passTokens == 0) {
        return 0;
      }

      return tokensPerSecond > 0 ? passTokens / tokensPerSecond / SECONDS_AN_HOUR : Double.NaN;
    }
  }

  /** Carries what was measured of a sample over to the corpus. */
  public static ScoreForecast of(
      CorpusSample corpus, String model, List<MeasurementSample> measured, long shardTokens) {
    return new ScoreForecast(
        model, measured.stream().map(each -> whole(corpus, each)).toList(), shardTokens);
  }

  /** Tokens that go through the models in all. */
  public long passTokens() {
    return measurements.stream().mapToLong(Measurement::passTokens).sum();
  }

  public double coreHours() {
    return measurements.stream().mapToDouble(Measurement::coreHours).sum();
  }

  /** Tasks: pass tokens / tokens of a shard, rounded up. */
  public long shards() {
    return (passTokens() + shardTokens - 1) / shardTokens;
  }

  /** Tokens of a task. */
  public long tokensAShard() {
    return shards() == 0 ? 0 : passTokens() / shards();
  }

  /** How long one task would take on one core. */
  public double minutesAShard() {
    return shards() == 0 ? 0 : 60 * coreHours() / shards();
  }

  private static Measurement whole(CorpusSample corpus, MeasurementSample sample) {
    long documents = sum(corpus, sample, SourceWork::documents);
    long tooShort = sum(corpus, sample, SourceWork::tooShort);
    return new Measurement(
        sample.scorers(),
        documents == 0 ? 0 : (double) tooShort / documents,
        sum(corpus, sample, SourceWork::passTokens),
        sample.tokensPerSecond());
  }

  private static long sum(
      CorpusSample corpus, MeasurementSample sample, ToLongFunction<SourceWork> count) {
    return sample.sources().stream()
        .mapToLong(work -> corpus.sources().get(work.source()).whole(count.applyAsLong(work)))
        .sum();
  }
}
