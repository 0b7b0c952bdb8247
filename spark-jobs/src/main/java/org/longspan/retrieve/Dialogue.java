package org.longspan.retrieve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import org.longspan.relate.InverseUsage;
import org.longspan.relate.UtteranceOverlap;

/**
 * Neighbours as Re3Dial (arXiv 2305.02606) strings sessions of dialogue together; a document is a
 * session, an utterance a line.
 *
 * <ul>
 *   <li>Candidates are twice as many as wanted, as there (10 for 5), and come from {@link Bm25}
 *       where Re3Dial has a retriever trained on dialogues.
 *   <li>Those that repeat the document's utterances go ({@link UtteranceOverlap}).
 *   <li>Of the rest neighbours are drawn, each among the {@value #AMONG} best left, the less likely
 *       the more often it was drawn before in the slice ({@link InverseUsage}). So the session that
 *       is like all others is not everybody's neighbour.
 * </ul>
 *
 * <p>Rank is the order of the draws; similarity is BM25's and need not fall with it. Re3Dial draws
 * the next session of a chain; here every document draws its neighbours, in order of doc_id, and
 * chains are the packer's.
 *
 * <p>Cost: BM25's, the reading of the texts of all candidates and a pass over them; disk the texts
 * once more.
 *
 * @param neighbours the most edges of a document, at least 1
 * @param queryTerms terms asked for by BM25
 * @param characters the most of a text that BM25 reads
 * @param overlap what two sessions may have in common
 * @param seed the run's seed
 */
public record Dialogue(
    int neighbours, int queryTerms, int characters, UtteranceOverlap overlap, long seed)
    implements Retriever {
  static final String NAME = "dialogue";

  private static final int CANDIDATES = 2;
  private static final int AMONG = 5;

  public Dialogue {
    bm25(neighbours, queryTerms, characters);
  }

  /** Refuses what BM25 refuses. */
  private static Bm25 bm25(int neighbours, int queryTerms, int characters) {
    return new Bm25(Math.multiplyExact(CANDIDATES, neighbours), queryTerms, characters);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, String> identity() {
    return Map.of(
        "neighbours", Integer.toString(neighbours),
        "candidates", bm25(neighbours, queryTerms, characters).identity().toString(),
        "among", Integer.toString(AMONG),
        "overlap", overlap.toString(),
        "seed", Long.toString(seed));
  }

  @Override
  public EdgeStream relate(Iterator<Candidate> documents, Path scratch) throws IOException {
    SliceTexts texts = new SliceTexts(scratch.resolve("texts"));
    EdgeStream candidates =
        bm25(neighbours, queryTerms, characters)
            .relate(kept(documents, texts), Files.createDirectory(scratch.resolve("index")));
    return new DialogueEdges(candidates, texts, overlap, new InverseUsage(AMONG, seed), neighbours);
  }

  /** The same documents, whose texts are kept as they pass. */
  private static Iterator<Candidate> kept(Iterator<Candidate> documents, SliceTexts texts) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return documents.hasNext();
      }

      @Override
      public Candidate next() {
        Candidate candidate = documents.next();
        try {
          texts.add(candidate.id(), candidate.text());
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }

        return candidate;
      }
    };
  }
}
