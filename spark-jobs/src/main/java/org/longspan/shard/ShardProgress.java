package org.longspan.shard;

import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;

/** Tells how far a job over shards is, every few seconds until closed. */
public final class ShardProgress implements AutoCloseable {
  private static final long SECONDS = 10;

  private final LongAccumulator shards;
  private final LongAccumulator tokens;
  private final int all;
  private final int reused;
  private final Consumer<String> progress;
  private final long began = System.nanoTime();
  private final ScheduledExecutorService clock;
  private long told;

  /**
   * @param all shards in all
   * @param reused shards that are done already
   */
  public ShardProgress(SparkContext spark, int all, int reused, Consumer<String> progress) {
    this.shards = spark.longAccumulator("shards done");
    this.tokens = spark.longAccumulator("tokens through the model");
    this.all = all;
    this.reused = reused;
    this.progress = progress;
    this.clock =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "longspan-progress");
              thread.setDaemon(true);
              return thread;
            });
    clock.scheduleAtFixedRate(this::tell, SECONDS, SECONDS, TimeUnit.SECONDS);
  }

  /** Counts shards as their tasks end. */
  public LongAccumulator shards() {
    return shards;
  }

  /** Counts tokens as tasks end. */
  public LongAccumulator tokens() {
    return tokens;
  }

  /** Tokens a second since the start; 0 where nothing was to be done. */
  public double tokensPerSecond() {
    return tokens.value() * 1e9 / (System.nanoTime() - began);
  }

  private synchronized void tell() {
    if (shards.value() != told) {
      told = shards.value();
      progress.accept(
          String.format(
              Locale.ROOT,
              "%,d of %,d shards, %,.0f tokens a second",
              reused + told,
              all,
              tokensPerSecond()));
    }
  }

  /** Tells a last time, where anything was done. */
  @Override
  public void close() {
    clock.shutdownNow();

    if (shards.value() > 0) {
      tell();
    }
  }
}
