package org.longspan.retrieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longspan.model.EmbedderDirectory;
import org.longspan.model.ModelException;
import org.longspan.model.TorchScript;
import org.longspan.relate.ReciprocalRank;

class DenseTest {
  private static final List<Candidate> DOCUMENTS =
      List.of(
          new Candidate("a", "The locomotive pulled the wagons along the railway."),
          new Candidate("b", "Humpback whales migrate through the ocean every year."),
          new Candidate("c", ""),
          new Candidate("d", "Trains on this line run behind a steam engine."),
          new Candidate("e", "Marine mammals such as dolphins live in the sea."));

  @TempDir Path scratch;

  @Test
  void documentsOfLikeMeaningAreNeighboursWithoutAWordInCommon() throws IOException {
    List<Edge> edges = edges(new Dense(1, Embedding.MINILM, 7));

    assertThat(edges)
        .extracting(edge -> edge.id() + edge.neighbourId())
        .containsExactly("ad", "be", "da", "eb");
    assertThat(edges).allSatisfy(edge -> assertThat(edge.similarity()).isBetween(0.2, 1.0));
  }

  @Test
  void bothRankingsHaveASayInTheHybrid() throws IOException {
    Bm25 bm25 = new Bm25(4, 16, Bm25.CHARACTERS);
    Dense dense = new Dense(4, Embedding.MINILM, 7);

    List<Edge> edges = edges(new Hybrid(bm25, dense));

    for (String id : List.of("a", "b", "d", "e")) {
      List<String> fused =
          ReciprocalRank.of(List.of(neighbours(edges(bm25), id), neighbours(edges(dense), id)))
              .stream()
              .map(ReciprocalRank.Fused::id)
              .toList();
      assertThat(fused).hasSizeGreaterThan(1);
      assertThat(neighbours(edges, id)).isEqualTo(fused.subList(0, Math.min(4, fused.size())));
    }

    assertThat(edges).allSatisfy(edge -> assertThat(edge.similarity()).isBetween(0.0, 1.0));
  }

  private static List<String> neighbours(List<Edge> edges, String id) {
    return edges.stream().filter(edge -> edge.id().equals(id)).map(Edge::neighbourId).toList();
  }

  @Test
  void edgesDependOnTheEmbeddersFilesAndOnWhatIsRead() {
    Dense dense = new Dense(1, Embedding.MINILM, 7);
    Embedding more = new Embedding("builtin:minilm", TorchScript.REFUSED, 5);

    assertThat(dense.identity()).isEqualTo(new Dense(1, Embedding.MINILM, 7).identity());
    assertThat(dense.identity()).isNotEqualTo(new Dense(1, more, 7).identity());
  }

  @Test
  void anEmbedderThatDoesNotFitIsToldWithTheDocuments() throws IOException {
    EmbedderDirectory minilm = EmbedderDirectory.resolve("builtin:minilm", TorchScript.REFUSED);
    Files.copy(minilm.tokenizer(), scratch.resolve("tokenizer.json"));
    Files.copy(minilm.model(), scratch.resolve("model.onnx"));
    Files.writeString(scratch.resolve("config.json"), "{\"hidden_size\": 1024}");
    Embedding wrong = new Embedding(scratch.toString(), TorchScript.REFUSED, 1);

    assertThatThrownBy(() -> edges(new Dense(1, wrong, 7)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("Documents a to e could not be embedded")
        .hasMessageContaining("hidden_size 1024");
  }

  private List<Edge> edges(Retriever retriever) throws IOException {
    try (EdgeStream stream =
        retriever.relate(DOCUMENTS.iterator(), Files.createTempDirectory(scratch, "index"))) {
      List<Edge> edges = new ArrayList<>();
      stream.forEachRemaining(edges::add);
      return edges;
    }
  }
}
