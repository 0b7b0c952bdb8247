package org.longspan.retrieve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;

/** Asks an index for the neighbours of one document after another. */
final class Bm25Search implements EdgeStream {
  private final Bm25Index index;
  private final IndexSearcher searcher;
  private final TellingTerms queries;
  private final int neighbours;

  private Iterator<Edge> edges = Collections.emptyIterator();
  private int document;

  Bm25Search(Bm25Index index, int neighbours, int queryTerms) throws IOException {
    this.index = index;
    this.queries = new TellingTerms(index.reader(), queryTerms);
    this.neighbours = neighbours;
    this.searcher = new IndexSearcher(index.reader());
    searcher.setSimilarity(Bm25Index.SIMILARITY);
    searcher.setQueryCache(null);
  }

  @Override
  public boolean hasNext() {
    while (!edges.hasNext() && document < index.size()) {
      try {
        edges = edgesOf(document++).iterator();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    return edges.hasNext();
  }

  @Override
  public Edge next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }

    return edges.next();
  }

  private List<Edge> edgesOf(int document) throws IOException {
    Query query = queries.of(document);
    // One more than wanted, since the document itself is usually the best hit.
    ScoreDoc[] hits = searcher.search(query, neighbours + 1).scoreDocs;
    double ownScore = ownScore(query, document, hits);

    List<Edge> found = new ArrayList<>(neighbours);
    for (ScoreDoc hit : hits) {
      if (hit.doc != document && found.size() < neighbours) {
        double similarity = Math.min(1, hit.score / ownScore);
        found.add(new Edge(index.id(document), index.id(hit.doc), found.size(), similarity));
      }
    }

    return found;
  }

  private double ownScore(Query query, int document, ScoreDoc[] hits) throws IOException {
    for (ScoreDoc hit : hits) {
      if (hit.doc == document) {
        return hit.score;
      }
    }

    return searcher.explain(query, document).getValue().doubleValue();
  }

  @Override
  public void close() throws IOException {
    index.close();
  }
}
