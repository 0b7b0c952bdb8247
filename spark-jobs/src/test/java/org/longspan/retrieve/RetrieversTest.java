package org.longspan.retrieve;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longspan.relate.MinHashDuplicates;
import org.longspan.relate.TrigramJaccard;
import org.longspan.relate.UtteranceOverlap;

/** Retrievers that need no index. */
class RetrieversTest {
  @TempDir Path scratch;

  @Test
  void documentsOfAnAuthorFollowEachOtherInARing() throws IOException {
    Retriever metadata = new Metadata(1, List.of("author"));

    assertThat(
            edges(
                metadata,
                known("a", "author", "Kant"),
                known("b", "author", "Hume"),
                known("c", "author", "Kant"),
                known("d", "author", "Kant"),
                known("e", "site", "x")))
        .containsExactly(
            new Edge("a", "c", 0, 1), new Edge("c", "d", 0, 1), new Edge("d", "a", 0, 1));
  }

  @Test
  void whoAgreesInMoreKeysIsNearer() throws IOException {
    Retriever metadata = new Metadata(2, List.of("author", "site"));

    assertThat(
            edges(
                metadata,
                new Candidate("a", "", Map.of("author", "Kant", "site", "x")),
                new Candidate("b", "", Map.of("author", "Kant", "site", "y")),
                new Candidate("c", "", Map.of("author", "Kant", "site", "x"))))
        .startsWith(new Edge("a", "c", 0, 1), new Edge("a", "b", 1, 0.5));
  }

  @Test
  void filesOfARepositoryFollowItsWalk() throws IOException {
    assertThat(
            edges(
                new Repository(1, Repository.Order.WALK),
                file("f1", "r", "z/util.py", "import main"),
                file("f2", "r", "main.py", ""),
                file("f3", "other", "main.py", ""),
                new Candidate("f4", "no file")))
        .containsExactly(new Edge("f1", "f2", 0, 1), new Edge("f2", "f1", 0, 1));
  }

  @Test
  void withImportsAFileFollowsWhatItNeeds() throws IOException {
    List<Edge> edges =
        edges(
            new Repository(2, Repository.Order.IMPORTS),
            file("f1", "r", "a.py", "import c"),
            file("f2", "r", "b.py", "import a"),
            file("f3", "r", "c.py", ""));

    assertThat(edges)
        .containsExactly(
            new Edge("f1", "f2", 0, 1),
            new Edge("f1", "f3", 1, 0.5),
            new Edge("f2", "f3", 0, 1),
            new Edge("f2", "f1", 1, 0.5),
            new Edge("f3", "f1", 0, 1),
            new Edge("f3", "f2", 1, 0.5));
  }

  @Test
  void documentsThatShareAKeywordAreRelated() throws IOException {
    Retriever keyword = new Keyword(3, 5, 8192);

    assertThat(
            edges(
                keyword,
                new Candidate("a", "The steam engine was built by Watt. A steam engine is loud."),
                new Candidate("b", "Whales sing in the deep ocean."),
                new Candidate("c", "They repaired the steam engine and left."),
                new Candidate("d", "Fish live in the deep ocean and eat.")))
        .extracting(edge -> edge.id() + edge.neighbourId())
        .containsExactly("ac", "bd", "ca", "db");
  }

  @Test
  void aNearDuplicateIsMarkedAndTheNextBestTakesItsRank() throws IOException {
    String text = IntStream.range(0, 200).mapToObj(i -> "w" + i).collect(joining(" "));
    String other = IntStream.range(0, 200).mapToObj(i -> "w" + 3 * i).collect(joining(" "));
    RetrieverParameters one =
        new RetrieverParameters(
            1,
            8,
            List.of("author"),
            Repository.Order.WALK,
            5,
            Embedding.MINILM,
            new UtteranceOverlap(10, 5),
            Optional.of(MinHashDuplicates.from(0.8)),
            0);

    assertThat(
            edges(
                Retrievers.named("metadata", one),
                new Candidate("a", text, Map.of("author", "Kant")),
                new Candidate("b", text + " and more", Map.of("author", "Kant")),
                new Candidate("c", other, Map.of("author", "Kant"))))
        .containsExactly(
            new Edge("a", "b", 0, 1, true),
            new Edge("a", "c", 0, 1),
            new Edge("b", "c", 0, 1),
            new Edge("c", "a", 0, 1));
  }

  @Test
  void theRuleIsPartOfWhatARetrieverIs() {
    RetrieverParameters all = new RetrieverParameters(2, 8);
    RetrieverParameters distinct =
        new RetrieverParameters(
            2,
            8,
            List.of(),
            Repository.Order.WALK,
            5,
            Embedding.MINILM,
            new UtteranceOverlap(10, 5),
            Optional.of(TrigramJaccard.PUBLISHED),
            0);

    assertThat(Retrievers.named("bm25", distinct).name()).isEqualTo("bm25");
    assertThat(Retrievers.named("bm25", distinct).identity())
        .isNotEqualTo(Retrievers.named("bm25", all).identity());
    assertThat(Retrievers.named("none", distinct).searches()).isFalse();
  }

  @Test
  void whatCantBeRelatedIsRefused() {
    assertThatThrownBy(() -> new Metadata(3, List.of())).hasMessageContaining("1 key");
    assertThatThrownBy(() -> new Repository(0, Repository.Order.WALK)).hasMessageContaining("0");
    assertThatThrownBy(() -> new Keyword(1, 0, 8192)).hasMessageContaining("1 keyword");
  }

  private List<Edge> edges(Retriever retriever, Candidate... documents) throws IOException {
    try (EdgeStream stream = retriever.relate(List.of(documents).iterator(), scratch)) {
      List<Edge> edges = new ArrayList<>();
      stream.forEachRemaining(edges::add);
      return edges;
    }
  }

  private static Candidate known(String id, String key, String value) {
    return new Candidate(id, "", Map.of(key, value));
  }

  private static Candidate file(String id, String repo, String path, String text) {
    return new Candidate(id, text, Map.of("repo", repo, "path", path));
  }
}
