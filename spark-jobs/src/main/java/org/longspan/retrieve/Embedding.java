package org.longspan.retrieve;

import java.io.Serializable;
import org.longspan.embed.TextEmbedder;
import org.longspan.model.EmbedderDirectory;
import org.longspan.model.TorchScript;

/**
 * Which embedder makes vectors of texts, and what it reads of them.
 *
 * @param location {@code builtin:minilm}, a directory or a URI
 * @param torchScript whether it may be a TorchScript file
 * @param windows of a text, at most, at least 1
 */
public record Embedding(String location, TorchScript torchScript, int windows)
    implements Serializable {
  /** The built-in embedder, four windows of a text. */
  public static final Embedding MINILM = new Embedding("builtin:minilm", TorchScript.REFUSED, 4);

  public Embedding {
    if (windows < 1) {
      throw new IllegalArgumentException(
          "An embedder reads at least 1 window of a text, not %d.".formatted(windows));
    }
  }

  /** The embedder in this JVM. */
  TextEmbedder open() {
    return TextEmbedder.of(EmbedderDirectory.resolve(location, torchScript));
  }

  /** All that decides a vector, in words; reads the files. */
  String identity() {
    return "%s, %d windows"
        .formatted(EmbedderDirectory.resolve(location, torchScript).fingerprint(), windows);
  }
}
