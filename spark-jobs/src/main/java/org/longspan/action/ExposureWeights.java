package org.longspan.action;

import static org.apache.spark.sql.functions.col;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.longspan.relatedness.Exact;
import org.longspan.stage.Tables;

/** EXACT's weight of each token, from the boundaries of its sequence alone. */
public final class ExposureWeights {
  private ExposureWeights() {}

  /**
   * The table {@code exposure_weights}, not computed yet.
   *
   * @param sequences at least sequence_id, seq_lengths, loss_runs
   * @param weights {@link Exact#weights} of all of them
   */
  public static Dataset<Row> of(Dataset<Row> sequences, double[] weights) {
    return sequences
        .select(col("sequence_id"), col("seq_lengths"), col("loss_runs"))
        .map(
            (MapFunction<Row, Row>)
                row -> {
                  List<Integer> lossRuns = row.isNullAt(2) ? null : row.getList(2);
                  float[] tokens = Exact.ofRow(weights, row.getList(1), lossRuns);
                  Float[] boxed = new Float[tokens.length];
                  Arrays.setAll(boxed, i -> tokens[i]);
                  return RowFactory.create(row.getLong(0), boxed);
                },
            Encoders.row(Tables.EXPOSURE_WEIGHTS_SCHEMA));
  }
}
