package org.longspan.action;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.longspan.stage.Tables;
import org.longspan.testing.LocalSpark;

/** A small corpus: the tables that packing reads, and the tokens to compare with. */
public final class Corpus {
  private final SparkSession spark = LocalSpark.session();
  private final Map<String, int[]> tokensById = new TreeMap<>();
  private final List<Row> tokens = new ArrayList<>();
  private final List<Row> selection = new ArrayList<>();
  private final List<Row> edges = new ArrayList<>();

  /** A document of these tokens. */
  public Corpus document(String docId, String domain, int copies, int... inputIds) {
    Integer[] boxed = IntStream.of(inputIds).boxed().toArray(Integer[]::new);
    tokensById.put(docId, inputIds);
    tokens.add(RowFactory.create(docId, domain, inputIds.length, boxed));
    selection.add(
        RowFactory.create(
            docId, domain, "all", inputIds.length, null, (double) copies, copies, null));
    return this;
  }

  /** Ends the last copy of the last document early. */
  public Corpus cutTo(int tokensOfLastCopy) {
    Row last = selection.remove(selection.size() - 1);
    selection.add(
        RowFactory.create(
            last.get(0),
            last.get(1),
            last.get(2),
            last.get(3),
            last.get(4),
            last.get(5),
            last.get(6),
            tokensOfLastCopy));
    return this;
  }

  /** A document of so many tokens, numbered on from {@code firstId}. */
  public Corpus numbered(String docId, String domain, int copies, int firstId, int length) {
    return document(docId, domain, copies, IntStream.range(firstId, firstId + length).toArray());
  }

  /** An edge in one direction. */
  public Corpus edge(String docId, String neighbourId, int rank, double similarity) {
    edges.add(RowFactory.create(docId, neighbourId, rank, similarity, "bm25"));
    return this;
  }

  /**
   * Sixty documents of 1 to 41 tokens and one of 150 in three domains, of 0 to 3 copies, each with
   * an edge to the next ones of its domain. No token id is used twice.
   */
  public static Corpus threeDomains() {
    Corpus corpus = new Corpus();
    List<String> domains = List.of("book", "code", "web");
    for (int d = 0; d < 60; d++) {
      corpus.numbered(name(d), domains.get(d % 3), d * 7 % 4, 1000 * d, 1 + d * 17 % 41);
      for (int next = 1; next <= 3; next++) {
        corpus.edge(name(d), name((d + 3 * next) % 60), next - 1, 1.0 / next);
      }
    }

    return corpus.numbered("long", "book", 2, 60_000, 150);
  }

  private static String name(int d) {
    return "doc-%02d".formatted(d);
  }

  public Dataset<Row> tokens() {
    return table(tokens, Tables.TOKENS_SCHEMA);
  }

  public Dataset<Row> selection() {
    return table(selection, Tables.SELECTION_SCHEMA);
  }

  public Dataset<Row> edges() {
    return table(edges, Tables.EDGES_SCHEMA);
  }

  public int[] tokensOf(String docId) {
    return tokensById.get(docId);
  }

  /** Copies of each document that is chosen and has a token. */
  public Map<String, Integer> copies() {
    Map<String, Integer> copies = new TreeMap<>();
    for (Row row : selection) {
      if (row.getInt(6) > 0 && row.getInt(3) > 0) {
        copies.put(row.getString(0), row.getInt(6));
      }
    }

    return copies;
  }

  /** Packing of this corpus, its settings still to be given. */
  PackAction packing() {
    return PackAction.on(spark, tokens(), selection(), edges());
  }

  private Dataset<Row> table(List<Row> rows, StructType schema) {
    return spark.createDataFrame(rows, schema);
  }
}
