package org.longspan.action;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.commons.collections4.IteratorUtils;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.longspan.relate.Slicing;
import org.longspan.retrieve.Bm25;
import org.longspan.retrieve.Retriever;
import org.longspan.run.Balance;
import org.longspan.run.Counts;
import org.longspan.shard.ShardFiles;

/**
 * Finds the neighbours of every chosen document among the chosen documents of its slice, which is a
 * part of its domain ({@link Slicing}). Each slice is one task: it reads its texts in order of
 * doc_id, indexes them on local disk and asks for one document after another. The texts are
 * shuffled once, ids and edges are all that moves besides.
 */
public final class RelateAction {
  private final SparkSession spark;
  private final Dataset<Row> documents;
  private final Dataset<Row> selection;

  private Retriever retriever = new Bm25(10, 48, Bm25.CHARACTERS);
  private int sliceDocuments = 500_000;
  private SliceBy sliceBy = SliceBy.HASH;
  private long seed = 11;
  private String workPath;

  private RelateAction(SparkSession spark, Dataset<Row> documents, Dataset<Row> selection) {
    this.spark = spark;
    this.documents = documents;
    this.selection = selection;
  }

  /**
   * @param documents with at least doc_id, domain and text
   * @param selection with at least doc_id, domain, n_tokens and copies; every document chosen is
   *     among the documents, in the same domain
   */
  public static RelateAction on(
      SparkSession spark, Dataset<Row> documents, Dataset<Row> selection) {
    return new RelateAction(spark, documents, selection);
  }

  /** How neighbours are found; otherwise BM25 with 10 neighbours by 48 terms. */
  public RelateAction retriever(Retriever chosenRetriever) {
    this.retriever = Objects.requireNonNull(chosenRetriever, "retriever");
    return this;
  }

  /** Documents that are searched together, about; otherwise 500,000. */
  public RelateAction sliceDocuments(int size) {
    this.sliceDocuments = size;
    return this;
  }

  /** What brings documents of a domain into one slice; otherwise a hash. */
  public RelateAction sliceBy(SliceBy rule) {
    this.sliceBy = Objects.requireNonNull(rule, "sliceBy");
    return this;
  }

  /** Decides which documents share a slice; otherwise 11. */
  public RelateAction seed(long newSeed) {
    this.seed = newSeed;
    return this;
  }

  /**
   * A Hadoop path where finished slices are kept, so that a second call carries on after a killed
   * one. It must serve these documents, this selection and these settings alone.
   */
  public RelateAction workPath(String path) {
    this.workPath = path;
    return this;
  }

  /** Relates the documents; when this returns all edges are computed. */
  public RelateResult execute() {
    long begun = System.nanoTime();
    Dataset<Row> chosen = SelectedCopies.of(selection).where(col("copies").gt(0));
    List<Row> domains =
        JobDescription.during(
            spark, "Relate: count the chosen documents", () -> domains(chosen).collectAsList());
    Placing placing = placing(chosen, domains);
    Slices slices = search(placing);
    long nearDuplicates =
        JobDescription.during(
            spark,
            "Relate: count near-duplicates",
            () -> slices.found().where(col("near_duplicate")).count());
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    return new RelateResult(
        slices.found().where(not(col("near_duplicate"))).drop("near_duplicate"),
        Balance.unchanged(counts(domains)),
        took,
        slices.formed(),
        slices.reused(),
        nearDuplicates,
        placing.chosen(),
        () -> {
          slices.release().run();
          placing.close();
        });
  }

  /** What the slices gave, with near-duplicates, and how many slices there are. */
  private record Slices(Dataset<Row> found, int formed, int reused, Runnable release) {}

  private Slices search(Placing placing) {
    if (!retriever.searches() || placing.count() == 0) {
      return new Slices(spark.createDataFrame(List.of(), EdgeRows.SLICE_SCHEMA), 0, 0, () -> {});
    }

    return workPath == null ? inMemory(placing) : byFiles(placing);
  }

  private Slices inMemory(Placing placing) {
    String name = retriever.name();
    Dataset<Row> edges =
        SliceGroups.of(documents, placing, retriever.facts(), new BitSet())
            .search(
                retriever,
                (slice, found) ->
                    IteratorUtils.transformedIterator(
                        found,
                        e ->
                            RowFactory.create(
                                e.id(),
                                e.neighbourId(),
                                e.rank(),
                                e.similarity(),
                                name,
                                e.nearDuplicate())),
                Encoders.row(EdgeRows.SLICE_SCHEMA))
            .persist(StorageLevel.MEMORY_AND_DISK());
    JobDescription.during(spark, searching(placing.count()), edges::count);
    return new Slices(edges, placing.count(), 0, edges::unpersist);
  }

  private Slices byFiles(Placing placing) {
    ShardFiles files =
        new ShardFiles(
            new Path(workPath, "slices").toString(),
            spark.sparkContext().hadoopConfiguration(),
            placing.count(),
            "parquet");
    BitSet finished = files.committed();
    int reused = finished.cardinality();

    if (reused < placing.count()) {
      String name = retriever.name();
      Dataset<Integer> work =
          SliceGroups.of(documents, placing, retriever.facts(), finished)
              .search(
                  retriever,
                  (slice, found) -> {
                    try (found) {
                      files.commit(slice, new EdgeRows(found, name));
                      return List.of(slice).iterator();
                    }
                  },
                  Encoders.INT());
      JobDescription.during(spark, searching(placing.count() - reused), work::collectAsList);
    }

    Dataset<Row> edges = spark.read().schema(EdgeRows.SLICE_SCHEMA).parquet(files.directory());
    return new Slices(edges, placing.count(), reused, () -> {});
  }

  private String searching(int slices) {
    return "Relate: neighbours by %s in %d slices".formatted(retriever.name(), slices);
  }

  private static Dataset<Row> domains(Dataset<Row> chosen) {
    return chosen
        .groupBy(col("domain"))
        .agg(
            count(lit(1)).as("documents"),
            sum(col("copies").cast("long")).as("copies"),
            sum(SelectedCopies.tokens()).as("tokens"));
  }

  private Placing placing(Dataset<Row> chosen, List<Row> domains) {
    Map<String, Long> counted = new TreeMap<>();
    for (Row domain : domains) {
      counted.put(domain.getAs("domain"), domain.<Long>getAs("documents"));
    }

    // Where no domain has more than a slice, there is nothing to learn.
    boolean several = counted.values().stream().anyMatch(n -> n > sliceDocuments);
    if (sliceBy == SliceBy.HASH || !several) {
      return new HashPlacing(
          chosen.select("doc_id", "domain"), Slicing.of(counted, sliceDocuments, seed));
    }

    return JobDescription.during(
        spark,
        "Relate: find slices of texts that are alike",
        () -> CellPlacing.of(documents, chosen, counted, sliceDocuments, seed));
  }

  private static Counts counts(List<Row> domains) {
    return domains.stream()
        .map(domain -> new Counts(domain.<Long>getAs("copies"), domain.<Long>getAs("tokens")))
        .reduce(Counts.NONE, Counts::plus);
  }
}
