package org.longspan.action;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.udf;

import java.util.BitSet;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;
import org.longspan.scoring.Scoring;
import org.longspan.scoring.ScoringSettings;
import org.longspan.scoring.SharedMeasurement;
import org.longspan.seed.Seeded;
import org.longspan.shard.ShardFiles;
import org.longspan.shard.ShardPartitioner;
import org.longspan.shard.ShardProgress;
import scala.Tuple2;
import scala.Tuple4;

/** Brings the tokens that are to be measured into their shards, and has each shard scored. */
final class ScoreShards {
  private final SparkSession spark;
  private final Dataset<Row> tokens;
  private final ScoreShard work;
  private final int shards;

  /**
   * @param tokens doc_id, domain, n_tokens and input_ids of the scoring model's tokenizer
   * @param work what is done with a shard
   * @param shards how many shards there are; a function of the input and the settings alone
   */
  ScoreShards(SparkSession spark, Dataset<Row> tokens, ScoreShard work, int shards) {
    this.spark = spark;
    this.tokens = tokens;
    this.work = work;
    this.shards = shards;
  }

  /** Scores all shards, and holds the scores in the executors' storage. */
  ScoredLines held(ShardProgress progress) {
    ScoreShard each = work;
    LongAccumulator done = progress.shards();
    LongAccumulator measured = progress.tokens();
    BitSet all = new BitSet(shards);
    all.set(0, shards);
    JavaRDD<String> lines =
        partitioned(new ShardPartitioner(all, ScoreShards::shard))
            .mapPartitions(
                documents -> {
                  done.add(1);
                  return each.lines(documents, measured);
                })
            .persist(StorageLevel.MEMORY_AND_DISK_SER());
    lines.count();
    Dataset<String> text = spark.createDataset(lines.rdd(), Encoders.STRING());
    return schema -> json(schema).json(text);
  }

  /** Scores the shards that are not committed, commits each, and reads all of them. */
  ScoredLines committed(ShardFiles files, BitSet committed, ShardProgress progress) {
    BitSet missing = new BitSet(shards);
    missing.set(0, shards);
    missing.andNot(committed);

    if (!missing.isEmpty()) {
      ScoreShard each = work;
      LongAccumulator done = progress.shards();
      LongAccumulator measured = progress.tokens();
      ShardPartitioner partitioner = new ShardPartitioner(missing, ScoreShards::shard);
      partitioned(partitioner)
          .foreachPartition(
              documents -> {
                int shard = partitioner.shard(TaskContext.getPartitionId());
                files.commit(shard, each.lines(documents, measured));
                done.add(1);
              });
    }

    return schema -> json(schema).json(files.directory());
  }

  private DataFrameReader json(StructType schema) {
    return spark.read().schema(schema).option("mode", "FAILFAST");
  }

  private JavaPairRDD<Tuple4<Integer, Integer, Integer, String>, Tuple2<String, int[]>> partitioned(
      ShardPartitioner partitioner) {
    return excerpts(partitioner)
        .javaRDD()
        .mapToPair(
            row ->
                new Tuple2<>(
                    new Tuple4<>(row.getInt(0), row.getInt(1), row.getInt(2), row.getString(3)),
                    new Tuple2<>(
                        row.getString(4),
                        row.<Integer>getList(5).stream().mapToInt(Integer::intValue).toArray())))
        .repartitionAndSortWithinPartitions(partitioner, new ScoreShard.Order());
  }

  private static int shard(Object key) {
    return (Integer) ((Tuple4<?, ?, ?, ?>) key)._1();
  }

  /** shard, measurement, n_tokens, doc_id, domain and the ids that are read, for these shards. */
  private Dataset<Row> excerpts(ShardPartitioner partitioner) {
    ScoringSettings settings = work.settings();
    int all = shards;
    Column shard =
        udf(
                (UDF1<String, Integer>)
                    id -> (int) Seeded.index(Seeded.hash(settings.seed(), "score-shard", id), all),
                DataTypes.IntegerType)
            .apply(col("doc_id"));
    Column toDo =
        udf((UDF1<Integer, Boolean>) partitioner::holds, DataTypes.BooleanType).apply(col("shard"));
    Dataset<Row> sharded = tokens.withColumn("shard", shard).where(toDo);
    List<SharedMeasurement<?>> measurements = Scoring.of(settings).measurements();
    Dataset<Row> union = null;

    for (int m = 0; m < measurements.size(); m++) {
      Dataset<Row> excerpts = excerpts(sharded, settings, m);
      union = union == null ? excerpts : union.union(excerpts);
    }

    return union;
  }

  private static Dataset<Row> excerpts(Dataset<Row> sharded, ScoringSettings settings, int m) {
    Column longEnough =
        udf(
                (UDF1<Integer, Boolean>)
                    length -> Scoring.of(settings).measurements().get(m).tooShort(length).isEmpty(),
                DataTypes.BooleanType)
            .apply(col("n_tokens"));
    Column positions =
        udf(
                (UDF2<String, Integer, int[]>)
                    (id, length) ->
                        Scoring.of(settings).measurements().get(m).positions(id, length),
                DataTypes.createArrayType(DataTypes.IntegerType, false))
            .apply(col("doc_id"), col("n_tokens"));
    // By position, since a function that is given the whole array would box all of it.
    return sharded
        .where(longEnough)
        .select(
            col("shard"),
            lit(m).as("measurement"),
            col("n_tokens"),
            col("doc_id"),
            col("domain"),
            transform(positions, position -> element_at(col("input_ids"), position.plus(1)))
                .as("excerpt"));
  }
}
