package org.longspan.action;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.longspan.schedule.Batching;
import org.longspan.schedule.Curriculum;
import org.longspan.schedule.PhaseOrder;
import org.longspan.schedule.Rest;
import org.longspan.schedule.ScheduleParameters;

/**
 * Time of scheduling millions of made-up sequences on two cores, and what the driver is sent. Run
 * by hand, with Spark's {@code --add-opens}, the class path of the tests and the numbers of
 * sequences:
 *
 * <pre>
 * java -Xmx2g ... org.longspan.action.ScheduleBenchmark 1000000 3000000 10000000
 * </pre>
 *
 * <p>Sequences of 4,096 to 65,536 tokens of up to eight documents each, in steps of 4,194,304
 * tokens of like cost. The time has the measuring, both sorts and the writing of the schedule to
 * nowhere. It is run once before, to warm up.
 */
final class ScheduleBenchmark {
  private ScheduleBenchmark() {}

  public static void main(String[] arguments) {
    SizedBenchmark.main("sequences", arguments, ScheduleBenchmark::schedule);
  }

  private static String schedule(SparkSession spark, long sequences) {
    Dataset<Row> table =
        spark
            .range(0, sequences, 1, 8)
            .selectExpr(
                "id as sequence_id",
                "shiftleft(4096, cast(pmod(hash(id), 5) as int)) as length",
                "1 + pmod(hash(id, 1), 8) as documents")
            .selectExpr(
                "sequence_id",
                "transform(sequence(1, documents), d -> if(d = 1, length - 256 * (documents - 1), 256)) as seq_lengths")
            .selectExpr(
                "sequence_id",
                "seq_lengths",
                "transform(seq_lengths, n -> named_struct('doc_id', 'doc', 'copy', 0, 'start', 0, 'end', n, 'role', 'body')) as spans");
    try (ScheduleResult planned =
        ScheduleAction.on(spark, List.of(new PhaseSequences(null, table)))
            .parameters(
                new ScheduleParameters(
                    Batching.BALANCED,
                    4_194_304,
                    Rest.LEAVE,
                    PhaseOrder.IN_TURN,
                    Curriculum.PUBLISHED))
            .execute()) {
      planned.schedule().write().format("noop").mode("overwrite").save();
      return "";
    }
  }
}
