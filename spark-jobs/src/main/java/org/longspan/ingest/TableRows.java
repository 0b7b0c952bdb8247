package org.longspan.ingest;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.longspan.stage.StageFailedException;

/**
 * Rows of tables: Parquet files and Datasets that a program gives. Columns are found by their
 * names; text may be a string or binary, and is checked as UTF-8 either way, because Spark does not
 * check strings that it reads.
 */
final class TableRows {
  /** Positions of the columns that are selected before the rules see a row. */
  private static final int PLACE = 0;

  private static final int LINE = 1;
  private static final int ID = 2;
  private static final int TEXT = 3;
  private static final int DOMAIN = 4;
  private static final int REPO = 5;
  private static final int PATH = 6;
  private static final int META = 7;

  private final SparkSession spark;

  TableRows(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * The rows of Parquet files, each with its file and row number. A file without a readable footer
   * gives one bad row. All footers are read once for this and once by Spark, which merges their
   * schemas.
   */
  Dataset<Row> parquet(List<InputFile> files, ColumnNames columns, RowRules rules) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(new SerializableConfiguration(spark.sessionState().newHadoopConf()));
    List<InputRow> broken =
        context
            .parallelize(files, Math.min(files.size(), 1_000))
            .map(file -> brokenRow(hadoop.value().value(), file))
            .filter(Optional::isPresent)
            .map(Optional::orElseThrow)
            .collect();
    Dataset<Row> bad =
        spark.createDataFrame(broken.stream().map(InputRow::toRow).toList(), InputRow.SCHEMA);
    Set<Integer> brokenFiles =
        broken.stream().map(row -> row.place().file().index()).collect(Collectors.toSet());
    Map<String, InputFile> byPath = new HashMap<>();
    files.stream()
        .filter(file -> !brokenFiles.contains(file.index()))
        .forEach(file -> byPath.put(file.path(), file));
    if (byPath.isEmpty()) {
      return bad;
    }

    String[] paths = byPath.keySet().stream().sorted().toArray(String[]::new);
    Dataset<Row> table =
        spark
            .read()
            .option("recursiveFileLookup", "true")
            .option("mergeSchema", "true")
            .parquet(paths);
    Broadcast<Map<String, InputFile>> known = context.broadcast(byPath);
    Dataset<Row> rows =
        selected(
            table,
            columns,
            functions.col("_metadata.file_path"),
            functions.col("_metadata.row_index").plus(1));
    MapPartitionsFunction<Row, Row> read =
        part ->
            mapped(
                part,
                row -> {
                  String path = new Path(URI.create(row.getString(PLACE))).toString();
                  return new Place(known.value().get(path), row.getLong(LINE));
                },
                columns,
                rules);
    return rows.mapPartitions(read, Encoders.row(InputRow.SCHEMA)).unionAll(bad);
  }

  /**
   * The rows of a Dataset. They have no lines; without an id column their ids are hashes of their
   * texts.
   *
   * @param index the place among the files of all sources
   */
  Dataset<Row> given(
      Dataset<Row> table, int source, int index, ColumnNames columns, RowRules rules) {
    InputFile dataset = new InputFile(index, source, 0, "dataset", "dataset", 0, 0);
    Place place = new Place(dataset, 0);
    Dataset<Row> rows =
        selected(table, columns, functions.lit(""), functions.lit(0L))
            .withColumn(
                "id",
                functions
                    .when(functions.trim(functions.col("id")).notEqual(""), functions.col("id"))
                    .otherwise(
                        functions.concat(
                            functions.lit("row-"), functions.sha2(functions.col("text"), 256))));
    MapPartitionsFunction<Row, Row> read = part -> mapped(part, row -> place, columns, rules);
    return rows.mapPartitions(read, Encoders.row(InputRow.SCHEMA));
  }

  private static Dataset<Row> selected(
      Dataset<Row> table, ColumnNames columns, Column place, Column line) {
    StructType schema = table.schema();
    Column text =
        column(schema, columns.text())
            .orElseThrow(
                () ->
                    new StageFailedException(
                        "The input has no column "
                            + columns.text()
                            + " to take as text; it has "
                            + String.join(", ", schema.fieldNames())
                            + ". Name the right one with columns.text."));
    List<Column> selected = new ArrayList<>();
    selected.add(place.as("place"));
    selected.add(line.as("row"));
    selected.add(string(table, columns.id()).as("id"));
    selected.add(bytes(table, columns.text(), text).as("text"));
    selected.add(string(table, columns.domain()).as("domain"));
    selected.add(string(table, columns.repo()).as("repo"));
    selected.add(string(table, columns.path()).as("path"));
    columns
        .meta()
        .forEach((ours, theirs) -> selected.add(string(table, theirs).as("meta_" + ours)));
    return table.select(selected.toArray(Column[]::new));
  }

  private static Iterator<Row> mapped(
      Iterator<Row> rows, Placing placing, ColumnNames columns, RowRules rules) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Row next() {
        Row row = rows.next();
        return accept(row, placing.place(row), columns, rules).toRow();
      }
    };
  }

  private static InputRow accept(Row row, Place place, ColumnNames columns, RowRules rules) {
    byte[] bytes = row.getAs(TEXT);
    if (bytes == null) {
      return InputRow.bad(place, Reason.NULL_TEXT, row.getString(ID));
    }

    String raw = Utf8.lenient(bytes, bytes.length);
    Optional<String> text = Utf8.decode(bytes, bytes.length);
    if (text.isEmpty()) {
      return InputRow.bad(place, Reason.BROKEN_UTF8, raw);
    }

    Map<String, String> meta = new TreeMap<>();
    int at = META;
    for (String name : columns.meta().keySet()) {
      if (!row.isNullAt(at)) {
        meta.put(name, row.getString(at));
      }

      at++;
    }

    String domain = row.getString(DOMAIN);
    String repo = row.getString(REPO);
    return rules.accept(
        place,
        new Fields(
            row.getString(ID),
            text.get(),
            domain,
            repo,
            rules.repositoryKey(place, domain, repo),
            row.getString(PATH),
            meta),
        raw);
  }

  /** The column of this name, else the nested one that its dots lead to. */
  private static Optional<Column> column(StructType schema, String name) {
    if (name == null) {
      return Optional.empty();
    }

    if (List.of(schema.fieldNames()).contains(name)) {
      return Optional.of(functions.col(quoted(name)));
    }

    Column at = null;
    DataType type = schema;
    for (String part : name.split("\\.", -1)) {
      if (type instanceof StructType struct && List.of(struct.fieldNames()).contains(part)) {
        StructField field = struct.fields()[struct.fieldIndex(part)];
        at = at == null ? functions.col(quoted(part)) : at.getField(part);
        type = field.dataType();
      } else {
        return Optional.empty();
      }
    }

    return Optional.of(at);
  }

  private static Column string(Dataset<Row> table, String name) {
    Optional<Column> found = column(table.schema(), name);
    if (found.isEmpty()) {
      return functions.lit(null).cast(DataTypes.StringType);
    }

    DataType type = type(table, found.get());
    boolean nested =
        type instanceof StructType
            || type instanceof MapType
            || type.typeName().startsWith("array");
    return nested ? functions.to_json(found.get()) : found.get().cast(DataTypes.StringType);
  }

  private static Column bytes(Dataset<Row> table, String name, Column text) {
    DataType type = type(table, text);
    if (!type.equals(DataTypes.StringType) && !type.equals(DataTypes.BinaryType)) {
      throw new StageFailedException(
          "The column "
              + name
              + " is of type "
              + type.simpleString()
              + ", but a text must be a string. Name the right one with columns.text.");
    }

    return text.cast(DataTypes.BinaryType);
  }

  private static DataType type(Dataset<Row> table, Column column) {
    return table.select(column).schema().fields()[0].dataType();
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  private static Optional<InputRow> brokenRow(Configuration hadoop, InputFile file) {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(new Path(file.path()), hadoop))) {
      reader.getFooter();
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      return Optional.of(
          InputRow.bad(
              new Place(file, 0),
              Reason.BROKEN_FILE,
              "The file's footer can't be read as Parquet: " + e.getMessage()));
    }
  }

  /** Where a table's row stands. */
  private interface Placing {
    Place place(Row row);
  }
}
