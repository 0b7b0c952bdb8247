package org.longspan.action;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;

/** What the spans of a sequence come to. */
final class SpanColumns {
  private SpanColumns() {}

  /** Document copies that begin in the sequence. */
  static Column copies() {
    return aggregate(
        col("spans"),
        lit(0L),
        (sum, span) ->
            sum.plus(
                when(span.getField("doc_id").isNotNull().and(span.getField("start").equalTo(0)), 1L)
                    .otherwise(0L)));
  }

  /** Tokens of documents in the sequence. */
  static Column bodyTokens() {
    return aggregate(
        col("spans"),
        lit(0),
        (sum, span) ->
            sum.plus(
                when(
                        span.getField("doc_id").isNotNull(),
                        span.getField("end").minus(span.getField("start")))
                    .otherwise(0)));
  }

  /** Spans that fill the sequence up. */
  static Column pads() {
    return aggregate(
        col("spans"),
        lit(0),
        (sum, span) ->
            sum.plus(when(span.getField("role").equalTo(SequenceShape.PAD), 1).otherwise(0)));
  }
}
