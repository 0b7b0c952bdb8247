package org.longspan.retrieve;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.longspan.relate.NearDuplicates;

/**
 * Another retriever's neighbours without near-duplicates of the document: side by side in a
 * sequence they teach copying, and In-Context Pretraining (arXiv 2310.10638) found training
 * unstable with them. A near-duplicate's edge is marked, so that it can be counted, and takes no
 * rank; up to {@code neighbours} others follow in the other retriever's order. Two near-duplicates
 * can still be neighbours of a third document.
 *
 * <p>Cost: a sketch a text and a comparison an edge; memory the sketches of a slice, which are 256
 * bytes a document by MinHash and up to 400 by trigrams.
 *
 * @param retriever finds the neighbours; more of them than are wanted, to have some in reserve
 * @param rule tells near-duplicates
 * @param neighbours the most edges of a document that are not marked, at least 1
 */
record Distinct(Retriever retriever, NearDuplicates rule, int neighbours) implements Retriever {
  /** Neighbours that the other retriever finds for each that is wanted. */
  static final int RESERVE = 2;

  @Override
  public String name() {
    return retriever.name();
  }

  @Override
  public Map<String, String> identity() {
    Map<String, String> identity = new HashMap<>(retriever.identity());
    identity.put("near-duplicates", rule.toString());
    identity.put("distinct-neighbours", Integer.toString(neighbours));
    return identity;
  }

  @Override
  public boolean searches() {
    return retriever.searches();
  }

  @Override
  public List<String> facts() {
    return retriever.facts();
  }

  @Override
  public EdgeStream relate(Iterator<Candidate> documents, Path scratch) throws IOException {
    Map<String, byte[]> sketches = new HashMap<>();
    Iterator<Candidate> sketched =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return documents.hasNext();
          }

          @Override
          public Candidate next() {
            Candidate candidate = documents.next();
            sketches.put(candidate.id(), rule.sketch(candidate.text()));
            return candidate;
          }
        };
    return new Judged(retriever.relate(sketched, scratch), sketches);
  }

  /** The other's edges, judged as they are read. */
  private final class Judged implements EdgeStream {
    private final EdgeStream edges;
    private final Map<String, byte[]> sketches;

    private String id;
    private int kept;
    private int marked;
    private Edge next;

    Judged(EdgeStream edges, Map<String, byte[]> sketches) {
      this.edges = edges;
      this.sketches = sketches;
    }

    @Override
    public boolean hasNext() {
      while (next == null && edges.hasNext()) {
        Edge edge = edges.next();
        if (!Objects.equals(id, edge.id())) {
          id = edge.id();
          kept = 0;
          marked = 0;
        }

        if (kept < neighbours) {
          next = judged(edge);
        }
      }

      return next != null;
    }

    private Edge judged(Edge edge) {
      boolean alike = rule.areAlike(sketches.get(edge.id()), sketches.get(edge.neighbourId()));
      int rank = alike ? marked++ : kept++;
      return new Edge(edge.id(), edge.neighbourId(), rank, edge.similarity(), alike);
    }

    @Override
    public Edge next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }

      Edge given = next;
      next = null;
      return given;
    }

    @Override
    public void close() throws IOException {
      edges.close();
    }
  }
}
