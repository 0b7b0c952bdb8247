package org.longspan.retrieve;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.longspan.relate.NearestNeighbours;
import org.longspan.relate.Neighbours;

/**
 * Neighbours by meaning, as In-Context Pretraining (arXiv 2310.10638) finds them: documents whose
 * embeddings have the highest cosine. Long documents are read in windows that are spread over them
 * ({@link org.longspan.embed.TextEmbedder}); the search is exhaustive in a small slice and by
 * inverted lists in a large one ({@link NearestNeighbours}).
 *
 * <p>Similarity is the cosine; edges at 0 and below are left out, and a document without a token
 * has none. Cost: the embedder's passes, which are nearly all of it, and the search; memory the
 * vectors of a slice, 4 bytes a component, twice.
 *
 * @param neighbours the most edges of a document, at least 1
 * @param embedding makes the vectors
 * @param seed the run's seed
 */
public record Dense(int neighbours, Embedding embedding, long seed) implements Retriever {
  static final String NAME = "dense";

  public Dense {
    if (neighbours < 1) {
      throw new IllegalArgumentException(
          "Relating by embedding needs at least 1 neighbour, not %d.".formatted(neighbours));
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, String> identity() {
    return Map.of(
        "neighbours", Integer.toString(neighbours),
        "embedder", embedding.identity(),
        "seed", Long.toString(seed));
  }

  @Override
  public EdgeStream relate(Iterator<Candidate> documents, Path scratch) throws IOException {
    DenseVectors vectors = new DenseVectors(embedding);
    documents.forEachRemaining(vectors::add);
    return new ListedEdges(edges(vectors));
  }

  /** The edges of all documents that have a vector, computed as they are read. */
  Iterator<Edge> edges(DenseVectors vectors) {
    List<String> ids = vectors.ids();
    if (ids.isEmpty()) {
      return Collections.emptyIterator();
    }

    NearestNeighbours nearest = NearestNeighbours.among(vectors.vectors(), neighbours, seed);
    return IntStream.range(0, ids.size())
        .boxed()
        .flatMap(d -> edges(ids, d, nearest.of(d)).stream())
        .iterator();
  }

  private static List<Edge> edges(List<String> ids, int document, Neighbours found) {
    List<Edge> edges = new ArrayList<>();
    for (int n = 0; n < found.size() && found.similarities()[n] > 0; n++) {
      double similarity = Math.min(1, found.similarities()[n]);
      edges.add(new Edge(ids.get(document), ids.get(found.ids()[n]), n, similarity));
    }

    return edges;
  }
}
