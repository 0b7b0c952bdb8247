package org.longspan.report;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.longspan.stage.Tables;
import org.longspan.tokenizer.Tokenizer;

/**
 * Reads the links of a few documents, and the words where they stand: their texts are read one
 * after the other, and encoded again, as links are places among the scoring model's tokens.
 */
final class LinksReader {
  /** Links of a document at most. */
  private static final int DRAWN = 64;

  /** Tokens of a segment whose text is shown. */
  private static final int SHOWN = 24;

  private final Function<String, Optional<Dataset<Row>>> tables;
  private final String tokenizer;

  /**
   * @param tokenizer where the scoring model's tokenizer lies
   */
  LinksReader(Function<String, Optional<Dataset<Row>>> tables, String tokenizer) {
    this.tables = tables;
    this.tokenizer = tokenizer;
  }

  /** What links these documents, in their order; those without a link are left out. */
  List<Facts.Linked> read(Collection<String> documents) {
    Column named = col("doc_id").isin(documents.toArray());
    Map<String, List<Row>> links = new HashMap<>();
    tables
        .apply(Tables.LINKS)
        .ifPresent(
            table ->
                table
                    .where(named.and(col("rank").lt(DRAWN)))
                    .orderBy("doc_id", "rank")
                    .collectAsList()
                    .forEach(
                        row ->
                            links
                                .computeIfAbsent(row.getAs("doc_id"), id -> new ArrayList<>())
                                .add(row)));
    Map<String, Facts.Linked> linked = new LinkedHashMap<>();
    documents.stream()
        .filter(links::containsKey)
        .forEach(id -> linked.put(id, linked(id, links.get(id), Optional.empty())));
    Optional<Tokenizer> encoder = linked.isEmpty() ? Optional.empty() : encoder();
    Optional<Dataset<Row>> texts = tables.apply(Tables.DOCUMENTS);

    if (encoder.isPresent() && texts.isPresent()) {
      Iterator<Row> each =
          texts
              .get()
              .where(col("doc_id").isin(linked.keySet().toArray()))
              .select("doc_id", "text")
              .toLocalIterator();
      each.forEachRemaining(
          row ->
              linked.put(
                  row.getString(0),
                  linked(
                      row.getString(0),
                      links.get(row.getString(0)),
                      Optional.of(new Words(encoder.get(), row.getString(1))))));
    }

    return List.copyOf(linked.values());
  }

  /** A report can be made where the model is not. */
  private Optional<Tokenizer> encoder() {
    try {
      return Optional.of(Tokenizer.load(tokenizer));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Facts.Linked linked(String document, List<Row> rows, Optional<Words> words) {
    List<Facts.Link> links = new ArrayList<>();
    int last = 0;

    for (Row row : rows) {
      int start = row.getAs("start");
      int end = row.getAs("end");
      int earlierStart = row.getAs("earlier_start");
      int earlierEnd = row.getAs("earlier_end");
      links.add(
          new Facts.Link(
              start,
              end,
              earlierStart,
              earlierEnd,
              row.getAs("strength"),
              words.map(text -> text.of(start, end)).orElse(""),
              words.map(text -> text.of(earlierStart, earlierEnd)).orElse("")));
      last = Math.max(last, end);
    }

    int tokens = Math.max(last, words.map(text -> text.ids.length).orElse(0));
    return new Facts.Linked(document, rows.get(0).getAs("scorer"), tokens, List.copyOf(links));
  }

  /** The words of a text by its tokens. */
  private static final class Words {
    private final Tokenizer tokenizer;
    private final int[] ids;

    Words(Tokenizer tokenizer, String text) {
      this.tokenizer = tokenizer;
      this.ids = tokenizer.encode(text);
    }

    String of(int start, int end) {
      int from = Math.min(start, ids.length);
      int to = Math.min(Math.min(end, start + SHOWN), ids.length);
      return tokenizer.decode(Arrays.copyOfRange(ids, from, to)).strip();
    }
  }
}
