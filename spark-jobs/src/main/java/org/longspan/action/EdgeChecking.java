package org.longspan.action;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.longspan.context.PassPredictions;
import org.longspan.measure.Measured;
import org.longspan.measure.NeighbourMeasurement;
import org.longspan.measure.NeighbourPredictions;
import org.longspan.relate.EntropyLong;
import org.longspan.scoring.ScoringModel;
import org.longspan.scoring.TaskDevice;
import org.longspan.stage.Tables;

/** Judges the neighbours of documents, in a task. */
record EdgeChecking(
    EntropyLong check, int window, ScoringModel model, String device, int batchTokens)
    implements Serializable {
  static final String KEPT = "kept";
  static final String DROPPED = "dropped";
  static final String UNCHECKED = "unchecked";

  /** The columns of {@code edges}, and the verdict. */
  static final StructType SCHEMA = Tables.EDGES_SCHEMA.add("verdict", DataTypes.StringType);

  /** Tokens of a document that are read, its first ones. */
  int documentTokens() {
    return window - neighbourTokens();
  }

  /** Tokens of a neighbour that are read, its last ones. */
  int neighbourTokens() {
    return window / 2;
  }

  /**
   * The edges of a document with their verdicts; ranks count those that stay.
   *
   * @param document doc_id, head, and neighbours by rank
   */
  List<Row> verdicts(Row document) {
    List<Row> neighbours = document.getList(2);
    List<String> verdicts = judged(ids(document, 1), neighbours);
    List<Row> edges = new ArrayList<>();
    int rank = 0;

    for (int i = 0; i < neighbours.size(); i++) {
      Row neighbour = neighbours.get(i);
      edges.add(
          RowFactory.create(
              document.getString(0),
              neighbour.getString(1),
              rank,
              neighbour.getDouble(2),
              neighbour.getString(3),
              verdicts.get(i)));
      rank += verdicts.get(i).equals(DROPPED) ? 0 : 1;
    }

    return edges;
  }

  /** A document that is too short or that the model cannot read tells nothing against its edges. */
  private List<String> judged(int[] head, List<Row> neighbours) {
    List<String> unchecked = Collections.nCopies(neighbours.size(), UNCHECKED);

    if (head.length < 2) {
      return unchecked;
    }

    List<int[]> tails = neighbours.stream().map(neighbour -> ids(neighbour, 4)).toList();
    Measured<NeighbourPredictions> measured =
        new NeighbourMeasurement(model.load(TaskDevice.of(device)), batchTokens)
            .measure(head, tails);

    if (measured.failed()) {
      return unchecked;
    }

    PassPredictions alone = measured.measurement().alone();
    return measured.measurement().after().stream()
        .map(after -> check.judge(alone, after).kept() ? KEPT : DROPPED)
        .toList();
  }

  private static int[] ids(Row row, int column) {
    return row.isNullAt(column)
        ? new int[0]
        : row.<Integer>getList(column).stream().mapToInt(Integer::intValue).toArray();
  }
}
