package org.longspan.action;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min_by;

import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * The documents that earlier phases of a run chose. Ids alone are read; a document that several
 * phases chose counts as the first one's.
 */
public final class UsedDocuments {
  /** No document was chosen before. */
  public static final UsedDocuments NONE = new UsedDocuments(Optional.empty());

  /** The name of the phase that chose a document; null: none did. */
  static final String PHASE = "used_by";

  private final Optional<Dataset<Row>> phases;

  private UsedDocuments(Optional<Dataset<Row>> phases) {
    this.phases = phases;
  }

  /**
   * @param selections of earlier phases by name, in order; at least doc_id and copies each
   */
  public static UsedDocuments of(Map<String, Dataset<Row>> selections) {
    Optional<Dataset<Row>> all = Optional.empty();
    int place = 0;
    for (Map.Entry<String, Dataset<Row>> phase : selections.entrySet()) {
      Dataset<Row> chosen =
          phase
              .getValue()
              .where(col("copies").gt(0))
              .select(col("doc_id"), lit(phase.getKey()).as("phase"), lit(place++).as("place"));
      all = Optional.of(all.map(before -> before.unionByName(chosen)).orElse(chosen));
    }

    return all.isEmpty()
        ? NONE
        : new UsedDocuments(
            all.map(
                each -> each.groupBy("doc_id").agg(min_by(col("phase"), col("place")).as(PHASE))));
  }

  /** Documents with the phase that used them. One join of ids, and none without phases. */
  Dataset<Row> mark(Dataset<Row> documents) {
    return phases
        .map(used -> documents.join(used, new String[] {"doc_id"}, "left"))
        .orElseGet(() -> documents.withColumn(PHASE, lit(null).cast(DataTypes.StringType)));
  }

  /** Of marked documents. */
  static Column isUsed() {
    return col(PHASE).isNotNull();
  }

  /** A sentence about a used document, for {@code drops}. */
  static Column detail() {
    return format_string("Phase %s chose it.", col(PHASE));
  }
}
