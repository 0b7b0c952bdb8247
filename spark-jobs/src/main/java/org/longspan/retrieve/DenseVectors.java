package org.longspan.retrieve;

import java.util.ArrayList;
import java.util.List;
import org.longspan.embed.TextEmbedder;
import org.longspan.model.ModelException;
import org.longspan.relate.UnitVectors;

/**
 * The vectors of a slice's documents as they pass. Texts are embedded {@value #AT_ONCE} at a time
 * and forgotten; a document without a token has no vector.
 */
final class DenseVectors {
  private static final int AT_ONCE = 32;

  private final TextEmbedder embedder;
  private final int windows;
  private final List<Candidate> waiting = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();
  private UnitVectors.Builder vectors;

  DenseVectors(Embedding embedding) {
    this.embedder = embedding.open();
    this.windows = embedding.windows();
  }

  /** Documents come in ascending order of doc_id. */
  void add(Candidate document) {
    waiting.add(document);
    if (waiting.size() == AT_ONCE) {
      embed();
    }
  }

  /** The doc_ids of those that have a vector, once all have come. */
  List<String> ids() {
    embed();
    return ids;
  }

  /** Their vectors, in the same order; there must be one. */
  UnitVectors vectors() {
    embed();
    return vectors.build();
  }

  private void embed() {
    List<float[]> found;
    try {
      found = embedder.embed(waiting.stream().map(Candidate::text).toList(), windows);
    } catch (ModelException e) {
      throw new ModelException(
          "Documents %s to %s could not be embedded. %s"
              .formatted(waiting.get(0).id(), waiting.get(waiting.size() - 1).id(), e.getMessage()),
          e);
    }

    for (int d = 0; d < found.size(); d++) {
      if (found.get(d) != null) {
        add(waiting.get(d).id(), found.get(d));
      }
    }

    waiting.clear();
  }

  private void add(String id, float[] vector) {
    if (vectors == null) {
      vectors = UnitVectors.ofDimension(vector.length);
    }

    try {
      vectors.add(vector);
    } catch (IllegalArgumentException e) {
      throw new ModelException("Document %s: %s".formatted(id, e.getMessage()), e);
    }

    ids.add(id);
  }
}
