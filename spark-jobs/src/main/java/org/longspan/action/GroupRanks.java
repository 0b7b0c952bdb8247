package org.longspan.action;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.longspan.rank.PlacedSegment;
import org.longspan.rank.SortedSegment;

/**
 * Exact ranks of scored rows inside groups of any size. Rows are sorted by (group, score, doc_id)
 * over range partitions; a first look counts each partition's rows by group, {@link PlacedSegment}
 * turns the counts into places on the driver, and a second look at the same sorted partitions ranks
 * each row where it is.
 *
 * <p>Equal scores share their mean rank, so no document gains by its name: scores are often equal,
 * such as ProLong's 0. doc_id is in the order only to spread equal scores over partitions.
 *
 * <p>Cost: one shuffle of (group, score, doc_id), read twice. The driver sees a number of counts
 * below groups + partitions; a task holds the ids of one run of equal scores at most.
 */
final class GroupRanks {
  private GroupRanks() {}

  /**
   * Ranks rows.
   *
   * @param rows group int, score double, doc_id string; (group, doc_id) unique; computed twice, so
   *     best held
   * @return doc_id, group, score, rank double in (0, 1)
   */
  static Dataset<Row> of(SparkSession spark, Dataset<Row> rows) {
    Column[] order = {col("group"), col("score"), col("doc_id")};
    // One RDD for both looks, or else Spark would draw other range borders for the second.
    JavaRDD<Row> sorted =
        rows.select(order).repartitionByRange(order).sortWithinPartitions(order).javaRDD();
    List<Row> segments =
        sorted.mapPartitionsWithIndex((p, each) -> segments(p, each).iterator(), true).collect();
    Map<Integer, List<PlacedSegment>> places = places(segments);
    StructType schema =
        new StructType()
            .add("group", DataTypes.IntegerType)
            .add("score", DataTypes.DoubleType)
            .add("doc_id", DataTypes.StringType)
            .add("rank", DataTypes.DoubleType);
    return spark.createDataFrame(
        sorted.mapPartitionsWithIndex(
            (p, each) -> new Ranked(each, places.getOrDefault(p, List.of())), true),
        schema);
  }

  private static List<Row> segments(int partition, Iterator<Row> rows) {
    List<Row> segments = new ArrayList<>();
    Segment segment = null;

    while (rows.hasNext()) {
      Row row = rows.next();

      if (segment == null || segment.group != row.getInt(0)) {
        if (segment != null) {
          segments.add(segment.row(partition));
        }

        segment = new Segment(row.getInt(0), row.getDouble(1));
      }

      segment.add(row.getDouble(1));
    }

    if (segment != null) {
      segments.add(segment.row(partition));
    }

    return segments;
  }

  private static Map<Integer, List<PlacedSegment>> places(List<Row> counted) {
    List<SortedSegment> segments =
        counted.stream()
            .map(
                row ->
                    new SortedSegment(
                        row.getInt(0),
                        row.getInt(1),
                        row.getLong(2),
                        row.getDouble(3),
                        row.getLong(4),
                        row.getDouble(5),
                        row.getLong(6)))
            .toList();
    List<PlacedSegment> placed = PlacedSegment.of(segments);
    Map<Integer, List<PlacedSegment>> places = new HashMap<>();

    for (int s = 0; s < placed.size(); s++) {
      places
          .computeIfAbsent(segments.get(s).partition(), p -> new ArrayList<>())
          .add(placed.get(s));
    }

    return places;
  }

  /** A segment while its rows come in. It travels as a row, which every serializer can write. */
  private static final class Segment {
    private final int group;
    private final double first;
    private double last;
    private long rows;
    private long firstRun;
    private long lastRun;

    Segment(int group, double first) {
      this.group = group;
      this.first = first;
    }

    void add(double score) {
      lastRun = rows > 0 && score == last ? lastRun + 1 : 1;
      firstRun += score == first ? 1 : 0;
      last = score;
      rows++;
    }

    Row row(int partition) {
      return RowFactory.create(partition, group, rows, first, firstRun, last, lastRun);
    }
  }

  /** The rows of a partition with their ranks; looks ahead to the end of a run. */
  private static final class Ranked implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final Iterator<PlacedSegment> segments;
    private final Queue<Row> run = new ArrayDeque<>();
    private PlacedSegment segment;
    private boolean segmentBegins;
    private long seen;
    private double rank;
    private Row next;

    Ranked(Iterator<Row> rows, List<PlacedSegment> segments) {
      this.rows = rows;
      this.segments = segments.iterator();
      this.next = rows.hasNext() ? rows.next() : null;
      beginSegment();
    }

    @Override
    public boolean hasNext() {
      return next != null || !run.isEmpty();
    }

    @Override
    public Row next() {
      if (run.isEmpty()) {
        readRun();
      }

      Row row = run.remove();
      return RowFactory.create(row.getInt(0), row.getDouble(1), row.getString(2), rank);
    }

    private void beginSegment() {
      segment = segments.hasNext() ? segments.next() : null;
      segmentBegins = true;
      seen = 0;
    }

    private void readRun() {
      if (next == null) {
        throw new NoSuchElementException();
      }

      Row first = next;

      while (next != null && sameGroup(first, next) && first.getDouble(1) == next.getDouble(1)) {
        run.add(next);
        next = rows.hasNext() ? rows.next() : null;
      }

      rank = rank(first.getDouble(1));
      seen += run.size();
      segmentBegins = false;

      if (next != null && !sameGroup(first, next)) {
        beginSegment();
      }
    }

    /** The first and the last run may go on in other partitions; their ranks are known. */
    private double rank(double score) {
      if (segmentBegins) {
        return segment.firstRank();
      }

      return score == segment.lastScore()
          ? segment.lastRank()
          : PlacedSegment.rank(segment.before() + seen, run.size(), segment.documents());
    }

    private static boolean sameGroup(Row a, Row b) {
      return a.getInt(0) == b.getInt(0);
    }
  }
}
