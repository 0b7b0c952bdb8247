package org.longspan.retrieve;

import java.io.IOException;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TermVectors;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/**
 * The query that stands for a document: its terms of the highest tf-idf, ties by the term's bytes.
 */
final class TellingTerms {
  private record Weighted(BytesRef term, double weight) {}

  /** The least telling first. */
  private static final Comparator<Weighted> BY_WEIGHT =
      Comparator.comparingDouble(Weighted::weight)
          .thenComparing(Weighted::term, Comparator.reverseOrder());

  private final TermVectors vectors;
  private final TermsEnum dictionary;
  private final int documents;
  private final int most;

  TellingTerms(IndexReader reader, int most) throws IOException {
    Terms terms = MultiTerms.getTerms(reader, Bm25Index.TEXT);
    this.vectors = reader.termVectors();
    this.dictionary = terms == null ? TermsEnum.EMPTY : terms.iterator();
    this.documents = reader.maxDoc();
    this.most = most;
  }

  /**
   * The query of a document; without clauses where it shares no term with another. O(terms · log
   * most).
   */
  Query of(int document) throws IOException {
    PriorityQueue<Weighted> best = new PriorityQueue<>(BY_WEIGHT);
    Terms terms = vectors.get(document, Bm25Index.TEXT);
    if (terms != null) {
      TermsEnum each = terms.iterator();
      for (BytesRef term = each.next(); term != null; term = each.next()) {
        offer(best, term, each.totalTermFreq());
      }
    }

    BooleanQuery.Builder query = new BooleanQuery.Builder();
    best.stream()
        .sorted(BY_WEIGHT.reversed())
        .map(kept -> new TermQuery(new Term(Bm25Index.TEXT, kept.term())))
        .forEach(term -> query.add(term, BooleanClause.Occur.SHOULD));
    return query.build();
  }

  private void offer(PriorityQueue<Weighted> best, BytesRef term, long frequency)
      throws IOException {
    if (!dictionary.seekExact(term) || dictionary.docFreq() < 2) {
      return;
    }

    Weighted weighted = new Weighted(term, weight(frequency, dictionary.docFreq()));
    if (best.size() < most) {
      best.add(new Weighted(BytesRef.deepCopyOf(term), weighted.weight()));
    } else if (BY_WEIGHT.compare(weighted, best.element()) > 0) {
      best.remove();
      best.add(new Weighted(BytesRef.deepCopyOf(term), weighted.weight()));
    }
  }

  private double weight(long frequency, int documentFrequency) {
    double idf =
        StrictMath.log(1 + (documents - documentFrequency + 0.5) / (documentFrequency + 0.5));
    return (1 + StrictMath.log(frequency)) * idf;
  }
}
