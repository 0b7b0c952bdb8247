package org.longspan.retrieve;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;

/**
 * Neighbours by BM25, the retriever of SPLiCe (arXiv 2312.17296): a document's most telling terms
 * are searched for in an index of its slice.
 *
 * <ul>
 *   <li>The query is not the whole document, which would cost more the longer it is, but its {@code
 *       queryTerms} terms of the highest tf-idf, (1 + ln tf) · ln(1 + (N - df + 0.5) / (df + 0.5)),
 *       each once. The logarithm of tf keeps the small words of a long document out. Terms that no
 *       other document has are not asked for.
 *   <li>score(q, d) = Σ idf(t) · tf / (tf + k1 · (1 - b + b · |d| / mean |d|)) with k1 = 1.2 and b
 *       = 0.75, the customary values.
 *   <li>similarity = min(1, score(q, neighbour) / score(q, document)): the share of the document's
 *       own score that the neighbour reaches. It says how much of what makes the document special
 *       is in the neighbour too; it is not symmetric, and a shorter neighbour with all terms
 *       reaches 1.
 *   <li>The document itself is left out; ties are broken by doc_id; a document that shares no query
 *       term with another has no edges.
 * </ul>
 *
 * <p>Of a text longer than {@code characters} only that many are read, in 64 excerpts spread evenly
 * over it: neighbours of such a document are judged by this sample. Nothing of the document itself
 * is lost.
 *
 * <p>Scores depend on the slice's documents alone: they are indexed in order of doc_id by one
 * thread and merged to one segment. Cost: one query a document, each near linear in the postings of
 * its terms; memory one id a document, the index lies on disk (terms and term vectors, about the
 * size of the texts read).
 *
 * @param neighbours the most edges of a document, at least 1
 * @param queryTerms terms asked for, from 1 to {@value #MOST_QUERY_TERMS}
 * @param characters the most UTF-16 units of a text that are read, at least 1,000
 */
public record Bm25(int neighbours, int queryTerms, int characters) implements Retriever {
  /** The usual limit of characters read, some 250,000 tokens. */
  public static final int CHARACTERS = 1 << 20;

  static final String NAME = "bm25";
  static final float K1 = 1.2f;
  static final float B = 0.75f;

  private static final int MOST_QUERY_TERMS = 1024;

  public Bm25 {
    if (neighbours < 1 || queryTerms < 1 || queryTerms > MOST_QUERY_TERMS || characters < 1000) {
      throw new IllegalArgumentException(
          ("BM25 needs at least 1 neighbour, 1 to %d query terms and at least 1000 characters a"
                  + " document, not %d, %d and %d.")
              .formatted(MOST_QUERY_TERMS, neighbours, queryTerms, characters));
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
        "query-terms", Integer.toString(queryTerms),
        "characters", Integer.toString(characters),
        "k1", Float.toString(K1),
        "b", Float.toString(B));
  }

  @Override
  public EdgeStream relate(Iterator<Candidate> documents, Path scratch) throws IOException {
    return new Bm25Search(Bm25Index.write(documents, scratch, characters), neighbours, queryTerms);
  }
}
