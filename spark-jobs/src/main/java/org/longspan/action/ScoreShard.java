package org.longspan.action;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.util.LongAccumulator;
import org.longspan.score.Score;
import org.longspan.scoring.Excerpt;
import org.longspan.scoring.FullScore;
import org.longspan.scoring.LanguageModels;
import org.longspan.scoring.Scoring;
import org.longspan.scoring.ScoringModels;
import org.longspan.scoring.ScoringSettings;
import org.longspan.scoring.SharedMeasurement;
import org.longspan.scoring.TaskDevice;
import scala.Tuple2;
import scala.Tuple4;

/**
 * Scores the documents of one shard, in a task. Batches hold documents of this shard alone, in the
 * order of their keys, so the scores are the same wherever it runs. Gives lines of JSON in the
 * columns of the {@code scores} table, and beside them what is wanted for {@link SideRows side
 * tables}; doubles and floats come back from them to the bit.
 */
record ScoreShard(ScoringSettings settings, ScoringModels models, String device, int batchTokens)
    implements Serializable {
  private static final ObjectMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  /**
   * @param documents excerpts and domains by key, in {@link Order}
   * @param measured counts the tokens that went through the model
   */
  Iterator<String> lines(
      Iterator<Tuple2<Tuple4<Integer, Integer, Integer, String>, Tuple2<String, int[]>>> documents,
      LongAccumulator measured) {
    List<SharedMeasurement<?>> measurements = Scoring.of(settings).measurements();
    SortedMap<Integer, List<Document>> byMeasurement = new TreeMap<>();
    documents.forEachRemaining(
        each ->
            byMeasurement
                .computeIfAbsent(each._1._2(), measurement -> new ArrayList<>())
                .add(
                    new Document(each._2._1, new Excerpt(each._1._4(), each._1._3(), each._2._2))));
    List<String> lines = new ArrayList<>();
    byMeasurement.forEach((m, list) -> score(measurements.get(m), list, measured, lines));
    return lines.iterator();
  }

  private void score(
      SharedMeasurement<?> measurement,
      List<Document> documents,
      LongAccumulator measured,
      List<String> lines) {
    LanguageModels loaded = models.load(TaskDevice.of(device));
    List<Excerpt> excerpts = documents.stream().map(Document::excerpt).toList();
    List<List<FullScore>> scores = measurement.scoreFully(loaded, batchTokens, excerpts);
    documents.forEach(
        each -> measured.add(measurement.passTokens(each.excerpt.docId(), each.excerpt.tokens())));

    for (int d = 0; d < scores.size(); d++) {
      for (int s = 0; s < scores.get(d).size(); s++) {
        Document document = documents.get(d);
        lines.add(
            line(
                document.excerpt.docId(),
                document.domain,
                measurement.scorers().get(s),
                scores.get(d).get(s)));
      }
    }
  }

  /** A row of the {@code scores} table as a line of JSON. */
  static String line(String docId, String domain, String scorer, Score score) {
    return line(docId, domain, scorer, FullScore.of(score));
  }

  private static String line(String docId, String domain, String scorer, FullScore full) {
    Score score = full.score();
    ObjectNode line = JSON.createObjectNode();
    line.put("doc_id", docId);
    line.put("domain", domain);
    line.put("scorer", scorer);
    line.put("status", score.status().label());
    line.put("score", score.value().isPresent() ? (Double) score.value().getAsDouble() : null);
    ObjectNode details = line.putObject("details");
    score.details().forEach(details::put);
    Arrays.stream(score.profile()).forEach(line.putArray("profile")::add);
    line.put("error", score.error());

    full.asides().forEach(aside -> line.setAll(JSON.<ObjectNode>valueToTree(aside)));

    try {
      return JSON.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of JSON can always be written.", e);
    }
  }

  /**
   * A key that brings a document into its shard, and its order there: shard, measurement, tokens,
   * doc_id. A tuple, since not every serializer of Spark's can write a record.
   */
  static final class Order
      implements Comparator<Tuple4<Integer, Integer, Integer, String>>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public int compare(
        Tuple4<Integer, Integer, Integer, String> a, Tuple4<Integer, Integer, Integer, String> b) {
      int shard = a._1().compareTo(b._1());
      int measurement = shard != 0 ? shard : a._2().compareTo(b._2());
      int tokens = measurement != 0 ? measurement : a._3().compareTo(b._3());
      return tokens != 0 ? tokens : a._4().compareTo(b._4());
    }
  }

  private record Document(String domain, Excerpt excerpt) {}
}
