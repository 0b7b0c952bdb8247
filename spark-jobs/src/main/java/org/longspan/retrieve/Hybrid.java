package org.longspan.retrieve;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.commons.collections4.IteratorUtils;
import org.apache.commons.collections4.iterators.PeekingIterator;
import org.apache.spark.unsafe.types.UTF8String;
import org.longspan.relate.ReciprocalRank;

/**
 * Neighbours by words and by meaning: the rankings of {@link Bm25} and {@link Dense} as one ({@link
 * ReciprocalRank}). Similarity is the fused score, 1 for who is first in both. Each ranking has
 * {@code neighbours} edges, and as many are kept of both. Cost: that of both; the texts are read
 * once.
 *
 * @param bm25 by words
 * @param dense by meaning, with as many neighbours
 */
public record Hybrid(Bm25 bm25, Dense dense) implements Retriever {
  static final String NAME = "hybrid";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, String> identity() {
    return Map.of("bm25", bm25.identity().toString(), "dense", dense.identity().toString());
  }

  @Override
  public EdgeStream relate(Iterator<Candidate> documents, Path scratch) throws IOException {
    DenseVectors vectors = new DenseVectors(dense.embedding());
    Iterator<Candidate> both =
        IteratorUtils.transformedIterator(
            documents,
            document -> {
              vectors.add(document);
              return document;
            });
    EdgeStream byWords = bm25.relate(both, scratch);
    return new Fusion(byWords, dense.edges(vectors), bm25.neighbours());
  }

  /** Both streams come in Spark's order of doc_id, by its bytes, and a document's edges by rank. */
  private static final class Fusion implements EdgeStream {
    private final EdgeStream words;
    private final List<PeekingIterator<Edge>> streams;
    private final int neighbours;
    private Iterator<Edge> edges = List.<Edge>of().iterator();

    Fusion(EdgeStream words, Iterator<Edge> meaning, int neighbours) {
      this.words = words;
      this.streams =
          List.of(PeekingIterator.peekingIterator(words), PeekingIterator.peekingIterator(meaning));
      this.neighbours = neighbours;
    }

    @Override
    public boolean hasNext() {
      while (!edges.hasNext() && streams.stream().anyMatch(Iterator::hasNext)) {
        edges = next(least()).iterator();
      }

      return edges.hasNext();
    }

    /** The next document that has edges. */
    private String least() {
      return streams.stream()
          .filter(Iterator::hasNext)
          .map(stream -> stream.peek().id())
          .min(Comparator.comparing(UTF8String::fromString))
          .orElseThrow();
    }

    private List<Edge> next(String id) {
      List<ReciprocalRank.Fused> fused =
          ReciprocalRank.of(streams.stream().map(stream -> ranking(stream, id)).toList());
      List<Edge> found = new ArrayList<>();
      for (ReciprocalRank.Fused each : fused.subList(0, Math.min(neighbours, fused.size()))) {
        found.add(new Edge(id, each.id(), found.size(), each.score()));
      }

      return found;
    }

    private static List<String> ranking(PeekingIterator<Edge> stream, String id) {
      List<String> ranking = new ArrayList<>();
      while (stream.hasNext() && stream.peek().id().equals(id)) {
        ranking.add(stream.next().neighbourId());
      }

      return ranking;
    }

    @Override
    public Edge next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }

      return edges.next();
    }

    @Override
    public void close() throws IOException {
      words.close();
    }
  }
}
