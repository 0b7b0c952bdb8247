package org.longspan.action;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.udf;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.CoGroupFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.KeyValueGroupedDataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.longspan.retrieve.Retriever;

/**
 * Chosen ids and texts, brought together by slice with one shuffle of the texts: a text tells its
 * slice by itself ({@link Placing}), so no join comes first.
 */
final class SliceGroups {
  private static final String KEY = "partition_key";

  /** Facts that are columns of the documents table. */
  private static final Set<String> COLUMNS = Set.of("source", "repo", "path");

  /** What a task does with the edges of its slice. */
  interface Work<T> extends Serializable {
    Iterator<T> on(int slice, SliceSearch edges) throws Exception;
  }

  private final KeyValueGroupedDataset<Integer, Row> chosen;
  private final KeyValueGroupedDataset<Integer, Row> texts;
  private final HashMap<Integer, Integer> sliceOfKey;

  private SliceGroups(
      KeyValueGroupedDataset<Integer, Row> chosen,
      KeyValueGroupedDataset<Integer, Row> texts,
      HashMap<Integer, Integer> sliceOfKey) {
    this.chosen = chosen;
    this.texts = texts;
    this.sliceOfKey = sliceOfKey;
  }

  /**
   * The slices that are not finished; at least one.
   *
   * @param facts what the retriever reads of a document besides its text
   */
  static SliceGroups of(
      Dataset<Row> documents, Placing placing, List<String> facts, BitSet finished) {
    int[] slices =
        IntStream.range(0, placing.count()).filter(slice -> !finished.get(slice)).toArray();
    int[] keys = PartitionKeys.of(slices.length);
    Integer[] keyOfSlice = new Integer[placing.count()];
    HashMap<Integer, Integer> sliceOfKey = new HashMap<>();
    for (int i = 0; i < slices.length; i++) {
      keyOfSlice[slices[i]] = keys[i];
      sliceOfKey.put(keys[i], slices[i]);
    }

    UDF1<Integer, Integer> key = slice -> keyOfSlice[slice];
    // Named on each side by itself: Spark mixes the two up where both have the same column.
    Column keyColumn = udf(key, DataTypes.IntegerType).apply(col("slice"));
    return new SliceGroups(
        grouped(
            placing.chosen().select(keyColumn.as(KEY), col("doc_id"), col("home")), slices.length),
        grouped(
            placing
                .texts(documents)
                .select(
                    keyColumn.as(KEY),
                    col("doc_id"),
                    col("text"),
                    facts(documents, facts).as("facts")),
            slices.length),
        sliceOfKey);
  }

  /** Facts by name: columns of the table, and what its meta knows. */
  private static Column facts(Dataset<Row> documents, List<String> names) {
    if (names.isEmpty()) {
      return map().cast("map<string,string>");
    }

    List<String> columns = Arrays.asList(documents.columns());
    List<Column> entries = new ArrayList<>();
    for (String name : names) {
      entries.add(lit(name));
      entries.add(
          COLUMNS.contains(name)
              ? orNothing(columns.contains(name), () -> col(name))
              : orNothing(columns.contains("meta"), () -> col("meta").getItem(name)));
    }

    return map(entries.toArray(new Column[0]));
  }

  private static Column orNothing(boolean known, Supplier<Column> column) {
    return known ? column.get() : lit(null).cast(DataTypes.StringType);
  }

  private static KeyValueGroupedDataset<Integer, Row> grouped(Dataset<Row> rows, int slices) {
    return rows.where(col(KEY).isNotNull())
        .repartition(slices, col(KEY))
        .groupBy(col(KEY))
        .as(Encoders.INT(), Encoders.row(rows.schema()));
  }

  /** Searches every slice in a task of its own. */
  <T> Dataset<T> search(Retriever retriever, Work<T> work, Encoder<T> encoder) {
    HashMap<Integer, Integer> slices = sliceOfKey;
    Column[] byId = {col("doc_id")};
    CoGroupFunction<Integer, Row, Row, T> search =
        (key, ids, rows) ->
            work.on(slices.get(key), SliceSearch.begin(retriever, new ChosenTexts(ids, rows)));
    return chosen.cogroupSorted(texts, byId, byId, search, encoder);
  }
}
