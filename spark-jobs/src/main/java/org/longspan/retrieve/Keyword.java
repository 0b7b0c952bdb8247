package org.longspan.retrieve;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.longspan.relate.Rake;

/**
 * Neighbours by keyword, as Quest (arXiv 2405.19846) brings documents together: those that share a
 * keyword are related, and less alike than nearest neighbours are.
 *
 * <p>Quest asks a model for the queries of a document and takes the keywords of these. Here the
 * keywords are those of the text's beginning ({@link Rake}), the {@code keywords} of the highest
 * score that two documents of the slice have at least. A document's <em>own</em> keyword is the
 * highest of them; its candidates are the next documents, in a ring in order of doc_id, among those
 * that have its own keyword, and after them those that have its second, and so on. Similarity is
 * the share of the document's keywords that the neighbour has; the order is that of the keywords.
 *
 * <p>Stop words are English. Cost: O(characters read) and O(documents · keywords · neighbours);
 * memory the keywords of a slice.
 *
 * @param neighbours the most edges of a document, at least 1
 * @param keywords of a document, at least 1
 * @param characters of a text that are read, at least 100
 */
public record Keyword(int neighbours, int keywords, int characters) implements Retriever {
  /** The usual beginning of a text that is read, some 2,000 tokens. */
  public static final int CHARACTERS = 8192;

  static final String NAME = "keyword";

  private static final int MOST_WORDS = 3;

  /** A keyword must be shared, so more candidates are looked at than are kept. */
  private static final int CANDIDATES = 64;

  public Keyword {
    if (neighbours < 1 || keywords < 1 || characters < 100) {
      throw new IllegalArgumentException(
          "Relating by keyword needs at least 1 neighbour, 1 keyword and 100 characters, not %d, %d and %d."
              .formatted(neighbours, keywords, characters));
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
        "keywords", Integer.toString(keywords),
        "characters", Integer.toString(characters));
  }

  @Override
  public EdgeStream relate(Iterator<Candidate> documents, Path scratch) {
    Rake rake =
        new Rake(
            EnglishAnalyzer.getDefaultStopSet().stream()
                .map(word -> new String((char[]) word))
                .collect(Collectors.toSet()),
            MOST_WORDS);
    List<Document> all = new ArrayList<>();
    Map<String, Integer> frequency = new HashMap<>();
    documents.forEachRemaining(
        candidate -> {
          List<String> found =
              rake.keywords(beginning(candidate.text())).stream()
                  .limit(CANDIDATES)
                  .map(Rake.Keyword::words)
                  .toList();
          all.add(new Document(candidate.id(), found));
          found.forEach(word -> frequency.merge(word, 1, Integer::sum));
        });
    all.replaceAll(
        document ->
            new Document(
                document.id(),
                document.keywords().stream()
                    .filter(word -> frequency.get(word) > 1)
                    .limit(keywords)
                    .toList()));
    return new ListedEdges(new Lists(all).edges());
  }

  private String beginning(String text) {
    return text.substring(0, Math.min(text.length(), characters));
  }

  private record Document(String id, List<String> keywords) {}

  /** The documents of each keyword. */
  private final class Lists {
    private final List<Document> documents;
    private final Map<String, List<Integer>> byKeyword = new HashMap<>();

    Lists(List<Document> documents) {
      this.documents = documents;
      for (int d = 0; d < documents.size(); d++) {
        for (String word : documents.get(d).keywords()) {
          byKeyword.computeIfAbsent(word, w -> new ArrayList<>()).add(d);
        }
      }
    }

    Iterator<Edge> edges() {
      return IntStream.range(0, documents.size())
          .mapToObj(this::edges)
          .flatMap(List::stream)
          .iterator();
    }

    private List<Edge> edges(int document) {
      Set<Integer> found = new HashSet<>();
      List<Edge> edges = new ArrayList<>();
      for (String word : documents.get(document).keywords()) {
        List<Integer> list = byKeyword.get(word);
        int place = Collections.binarySearch(list, document);
        for (int next : Following.of(list, place, neighbours)) {
          if (edges.size() < neighbours && found.add(next)) {
            edges.add(
                new Edge(
                    documents.get(document).id(),
                    documents.get(next).id(),
                    edges.size(),
                    shared(document, next)));
          }
        }
      }

      return edges;
    }

    private double shared(int one, int other) {
      List<String> words = documents.get(one).keywords();
      long common = words.stream().filter(documents.get(other).keywords()::contains).count();
      return (double) common / words.size();
    }
  }
}
