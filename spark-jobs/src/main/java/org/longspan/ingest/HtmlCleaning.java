package org.longspan.ingest;

import com.johnsnowlabs.nlp.DocumentAssembler;
import com.johnsnowlabs.nlp.annotators.DocumentNormalizer;
import java.util.Arrays;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.longspan.stage.StageFailedException;

/**
 * Takes the markup out of pages with Spark NLP's DocumentNormalizer: the only place that knows
 * Spark NLP. Rows that are no documents pass unchanged; pages without text become bad.
 */
final class HtmlCleaning {
  private static final String COORDINATE = "com.johnsnowlabs.nlp:spark-nlp_2.12:5.5.3";
  private static final Column[] COLUMNS =
      Arrays.stream(InputRow.SCHEMA.fieldNames()).map(functions::col).toArray(Column[]::new);
  private static final int TEXT = InputRow.SCHEMA.fieldIndex("text");
  private static final int FATE = InputRow.SCHEMA.fieldIndex("fate");
  private static final int REASON = InputRow.SCHEMA.fieldIndex("reason");
  private static final int RAW = InputRow.SCHEMA.fieldIndex("raw");
  private static final int REPOSITORY_KEY = InputRow.SCHEMA.fieldIndex("repository_key");

  private HtmlCleaning() {}

  /** Cleans the text of rows with the columns of {@link InputRow#SCHEMA}. */
  static Dataset<Row> clean(Dataset<Row> rows) {
    try {
      return normalized(rows);
    } catch (NoClassDefFoundError e) {
      throw new StageFailedException(
          "Cleaning HTML needs Spark NLP, which is not on the class path. Start Spark with"
              + " --packages "
              + COORDINATE
              + ", or set clean = none.",
          e);
    }
  }

  private static Dataset<Row> normalized(Dataset<Row> rows) {
    DocumentAssembler assembler = new DocumentAssembler();
    assembler.setInputCol("text");
    assembler.setOutputCol("page");
    assembler.setCleanupMode("disabled");
    DocumentNormalizer normalizer = new DocumentNormalizer();
    normalizer.setInputCols(new String[] {"page"});
    normalizer.setOutputCol("normalized");
    normalizer.setAction("clean");
    normalizer.setPolicy("all");
    normalizer.setPatterns(new String[] {HtmlText.MARKUP});
    normalizer.setReplacement("");
    // Else it passes the text through the bytes of the platform's character set.
    normalizer.setEncoding("disable");
    MapFunction<Row, Row> breaks = HtmlCleaning::withBreaks;
    MapFunction<Row, Row> finish = HtmlCleaning::finished;
    Column cleaned =
        functions.coalesce(
            functions.try_element_at(functions.col("normalized.result"), functions.lit(1)),
            functions.lit(""));
    Dataset<Row> pages = rows.map(breaks, Encoders.row(InputRow.SCHEMA));
    return normalizer
        .transform(assembler.transform(pages))
        .withColumn("text", functions.when(functions.col("text").isNotNull(), cleaned))
        .select(COLUMNS)
        .map(finish, Encoders.row(InputRow.SCHEMA));
  }

  private static Row withBreaks(Row row) {
    String page = row.getString(TEXT);
    return page == null ? row : with(row, TEXT, HtmlText.withBreaks(page));
  }

  private static Row finished(Row row) {
    String cleaned = row.getString(TEXT);
    if (cleaned == null) {
      return row;
    }

    String text = HtmlText.finished(cleaned);
    if (text.indexOf('\0') >= 0) {
      return bad(row, Reason.NUL, text);
    }

    return text.isEmpty() && row.isNullAt(REPOSITORY_KEY)
        ? bad(row, Reason.EMPTY_TEXT, text)
        : with(row, TEXT, text);
  }

  private static Row bad(Row row, Reason reason, String text) {
    Row marked = with(with(row, FATE, Fate.BAD.label()), REASON, reason.label());
    String raw = text.isEmpty() ? "The page has no text besides its markup." : text;
    return with(with(marked, RAW, InputRow.cut(raw)), TEXT, null);
  }

  private static Row with(Row row, int column, Object value) {
    Object[] values = new Object[row.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i == column ? value : row.get(i);
    }

    return RowFactory.create(values);
  }
}
