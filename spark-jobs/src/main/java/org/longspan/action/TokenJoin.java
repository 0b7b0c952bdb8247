package org.longspan.action;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_repeat;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Fills a layout with tokens. A span takes its stretch of input_ids where the document lies, and
 * only that stretch is shuffled to its sequence: a document's tokens move twice at most, once as a
 * whole and once in pieces, into however many sequences it goes. Token arrays stay in Spark's own
 * rows throughout.
 */
final class TokenJoin {
  private TokenJoin() {}

  /**
   * @param layout sequence_id, spans and the other columns of the sequences table
   * @param tokens doc_id, input_ids
   * @return the layout with input_ids; a sequence that does not come to exactly its seq_lengths
   *     fails the job by name
   */
  static Dataset<Row> fill(Dataset<Row> layout, Dataset<Row> tokens, PackSettings settings) {
    Dataset<Row> spans =
        layout
            .select(
                col("sequence_id"), posexplode(col("spans")).as(new String[] {"position", "span"}))
            .select("sequence_id", "position", "span.*");
    Column length = col("end").minus(col("start"));

    Dataset<Row> body =
        spans
            .where(col("doc_id").isNotNull())
            .join(tokens.select("doc_id", "input_ids"), "doc_id")
            .select(
                col("sequence_id"),
                col("position"),
                slice(col("input_ids"), col("start").plus(1), length).as("piece"));
    Dataset<Row> added =
        spans
            .where(col("doc_id").isNull())
            .select(
                col("sequence_id"),
                col("position"),
                when(
                        col("role").equalTo(SequenceShape.SEPARATOR),
                        array(lit(settings.separatorToken())))
                    .otherwise(array_repeat(lit(settings.padToken()), length))
                    .as("piece"));

    Dataset<Row> filled =
        body.union(added)
            .groupBy("sequence_id")
            .agg(sort_array(collect_list(struct("position", "piece"))).as("pieces"))
            .select(col("sequence_id"), flatten(col("pieces").getField("piece")).as("input_ids"));

    return layout
        .join(filled, "sequence_id")
        .withColumn("input_ids", exactly(col("seq_lengths"), col("input_ids")));
  }

  private static Column exactly(Column seqLengths, Column inputIds) {
    Column wanted = aggregate(seqLengths, lit(0), Column::plus);
    Column complaint =
        concat(
            lit("Sequence "),
            col("sequence_id"),
            lit(" must have "),
            wanted.cast(DataTypes.StringType),
            lit(" tokens, but the tokens table gives "),
            size(inputIds).cast(DataTypes.StringType),
            lit("; a document's input_ids are not n_tokens long."));

    return when(size(inputIds).equalTo(wanted), inputIds)
        .otherwise(raise_error(complaint).cast(DataTypes.createArrayType(DataTypes.IntegerType)));
  }
}
