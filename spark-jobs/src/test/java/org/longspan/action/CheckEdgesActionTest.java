package org.longspan.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.longspan.measure.NeighbourMeasurement;
import org.longspan.measure.NeighbourPredictions;
import org.longspan.relate.EntropyLong;
import org.longspan.scoring.ScoringModel;
import org.longspan.stage.Tables;
import org.longspan.testing.LocalSpark;
import org.longspan.tokenizer.Tokenizer;

class CheckEdgesActionTest {
  private static final StructType DOCUMENTS =
      new StructType()
          .add("doc_id", DataTypes.StringType)
          .add("domain", DataTypes.StringType)
          .add("text", DataTypes.StringType);
  private static final SparkSession SPARK = LocalSpark.session();
  private static final EntropyLong ANY_DROP = new EntropyLong(1, 0, EntropyLong.Over.MEAN, false);
  private static final int WINDOW = 100;

  @Test
  void edgesStayOrGoByTheModelAndRanksCloseUp() {
    CheckEdgesResult checked = check(1).execute();

    TreeMap<String, List<String>> stayed = new TreeMap<>();
    for (Row edge : checked.edges().orderBy("doc_id", "rank").collectAsList()) {
      List<String> of = stayed.computeIfAbsent(edge.getAs("doc_id"), id -> new ArrayList<>());
      assertThat(edge.<Integer>getAs("rank")).isEqualTo(of.size());
      assertThat(edge.<Double>getAs("similarity")).isEqualTo(0.5);
      assertThat(edge.<String>getAs("retriever")).isEqualTo("bm25");
      of.add(edge.getAs("neighbour_id"));
    }

    assertThat(stayed).isEqualTo(expected());
    assertThat(checked.kept() + checked.dropped()).isEqualTo(12);
    assertThat(checked.kept()).isPositive();
    assertThat(checked.dropped()).isPositive();
    assertThat(checked.unchecked()).isZero();
    assertThat(checked.edges().schema().fieldNames())
        .containsExactly(Tables.EDGES_SCHEMA.fieldNames());
  }

  @Test
  void verdictsDoNotDependOnPartitions() {
    assertThat(sorted(check(7).execute())).isEqualTo(sorted(check(1).execute()));
  }

  @Test
  void idsThatAreThereAreRead() {
    String fingerprint = ScoringModel.check("builtin:starter").tokenizer().fingerprint();
    Dataset<Row> tokens = TokenizeAction.on(SPARK, documents(), "builtin:starter").tokens();

    assertThat(sorted(check(1).tokens(tokens, fingerprint).execute()))
        .isEqualTo(sorted(check(1).execute()));
  }

  @Test
  void whatCannotBeReadStays() {
    String fingerprint = ScoringModel.check("builtin:starter").tokenizer().fingerprint();
    Dataset<Row> broken =
        TokenizeAction.on(SPARK, documents(), "builtin:starter")
            .tokens()
            .selectExpr(
                "doc_id",
                "domain",
                "n_tokens",
                "transform(input_ids, id -> if(doc_id = 'd0', 9999, id)) as input_ids");

    CheckEdgesResult checked = check(1).tokens(broken, fingerprint).execute();

    assertThat(checked.unchecked()).isEqualTo(12);
    assertThat(checked.edges().count()).isEqualTo(12);
  }

  @Test
  void noEdgesAreNoWork() {
    CheckEdgesResult checked =
        CheckEdgesAction.on(
                SPARK, SPARK.createDataFrame(List.of(), Tables.EDGES_SCHEMA), documents())
            .execute();

    assertThat(checked.edges().count()).isZero();
    assertThat(checked.kept() + checked.dropped() + checked.unchecked()).isZero();
  }

  @Test
  void aWindowBeyondTheModelIsRefused() {
    assertThatThrownBy(() -> check(1).window(4096).execute())
        .hasMessageContaining("2048 positions")
        .hasMessageContaining("relate.check.window");
  }

  /** What the model says of each document, asked directly. */
  private static TreeMap<String, List<String>> expected() {
    Tokenizer tokenizer = Tokenizer.load("builtin:starter");
    NeighbourMeasurement measurement =
        new NeighbourMeasurement(ScoringModel.check("builtin:starter").load("cpu"), 16_384);
    TreeMap<String, List<String>> stayed = new TreeMap<>();

    for (int d = 0; d < 4; d++) {
      List<Integer> others = others(d);
      int[] ids = tokenizer.encode(text(d));
      NeighbourPredictions said =
          measurement
              .measure(
                  Arrays.copyOf(ids, Math.min(ids.length, WINDOW / 2)),
                  others.stream().map(other -> tail(tokenizer.encode(text(other)))).toList())
              .measurement();

      for (int n = 0; n < others.size(); n++) {
        if (ANY_DROP.judge(said.alone(), said.after().get(n)).kept()) {
          stayed.computeIfAbsent("d" + d, id -> new ArrayList<>()).add("d" + others.get(n));
        }
      }
    }

    return stayed;
  }

  private static int[] tail(int[] ids) {
    return Arrays.copyOfRange(ids, Math.max(0, ids.length - WINDOW / 2), ids.length);
  }

  private static CheckEdgesAction check(int partitions) {
    List<Row> edges = new ArrayList<>();

    for (int d = 0; d < 4; d++) {
      List<Integer> others = others(d);

      for (int rank = 0; rank < others.size(); rank++) {
        edges.add(RowFactory.create("d" + d, "d" + others.get(rank), rank, 0.5, "bm25"));
      }
    }

    return CheckEdgesAction.on(
            SPARK,
            SPARK.createDataFrame(edges, Tables.EDGES_SCHEMA).repartition(partitions),
            documents())
        .by(ANY_DROP)
        .window(WINDOW)
        .device("cpu");
  }

  private static List<Integer> others(int document) {
    TreeSet<Integer> others = new TreeSet<>(List.of(0, 1, 2, 3));
    others.remove(document);
    return List.copyOf(others);
  }

  private static Dataset<Row> documents() {
    List<Row> rows = new ArrayList<>();

    for (int d = 0; d < 4; d++) {
      rows.add(RowFactory.create("d" + d, "sea", text(d)));
    }

    return SPARK.createDataFrame(rows, DOCUMENTS);
  }

  /** Documents 0 and 1 speak of one ship, the others of nothing in common. */
  private static String text(int document) {
    if (document < 2) {
      return "The frigate Ravenglass left the harbour with captain Eskdale. ".repeat(5 + document);
    }

    Random random = new Random(document);
    StringBuilder text = new StringBuilder();

    for (int i = 0; i < 60; i++) {
      text.append(Integer.toString(random.nextInt(1_000_000), 36)).append(' ');
    }

    return text.toString();
  }

  private static List<Row> sorted(CheckEdgesResult checked) {
    return checked.edges().orderBy("doc_id", "rank").collectAsList();
  }
}
