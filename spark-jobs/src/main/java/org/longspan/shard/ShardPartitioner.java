package org.longspan.shard;

import java.io.Serializable;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.ToIntFunction;
import org.apache.spark.Partitioner;

/** One partition for each shard that is still to be done, in the order of their numbers. */
public final class ShardPartitioner extends Partitioner {
  private static final long serialVersionUID = 1L;

  private final int[] shards;
  private final ShardOfKey shardOfKey;

  public ShardPartitioner(BitSet shards, ShardOfKey shardOfKey) {
    this.shards = shards.stream().toArray();
    this.shardOfKey = shardOfKey;
  }

  /** Reads the shard off a key. */
  public interface ShardOfKey extends ToIntFunction<Object>, Serializable {}

  /** The shard that a partition holds. */
  public int shard(int partition) {
    return shards[partition];
  }

  /** Whether a shard is still to be done. */
  public boolean holds(int shard) {
    return Arrays.binarySearch(shards, shard) >= 0;
  }

  @Override
  public int numPartitions() {
    return shards.length;
  }

  @Override
  public int getPartition(Object key) {
    return Arrays.binarySearch(shards, shardOfKey.applyAsInt(key));
  }
}
