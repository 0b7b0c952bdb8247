package org.longspan.conf;

import java.util.List;

/**
 * How neighbours are found.
 *
 * @param retriever who finds them
 * @param neighbours edges a document
 * @param queryTerms terms of a document that are searched for, the rarest and most frequent first
 * @param sliceDocuments documents that are related and packed together, about
 * @param sliceBy what brings documents into one slice
 * @param keywords of a document
 * @param metadata what neighbours have in common
 * @param fileOrder of the files of a repository
 * @param nearDuplicates which neighbours are left out since they are nearly the same text
 * @param duplicateSimilarity from which texts are near-duplicates by MinHash
 * @param dense of the retrievers {@code dense} and {@code hybrid}
 * @param dialogue of the retriever {@code dialogue}
 * @param check what a neighbour must do for a model to stay one
 */
public record RelateConfiguration(
    @Limit.OneOf({
          "bm25",
          "dense",
          "dialogue",
          "hybrid",
          "keyword",
          "metadata",
          "repository",
          "none"
        })
        String retriever,
    @Limit.AtLeast(1) int neighbours,
    @Limit.AtLeast(1) @Limit.AtMost(1024) int queryTerms,
    @Limit.AtLeast(1) int sliceDocuments,
    @Limit.OneOf({"hash", "content"}) String sliceBy,
    @Limit.AtLeast(1) int keywords,
    List<String> metadata,
    @Limit.OneOf({"walk", "imports"}) String fileOrder,
    @Limit.OneOf({"minhash", "trigrams", "keep"}) String nearDuplicates,
    @Limit.AtLeast(0.01) @Limit.AtMost(1) double duplicateSimilarity,
    DenseConfiguration dense,
    DialogueConfiguration dialogue,
    CheckConfiguration check) {
  public RelateConfiguration {
    metadata = List.copyOf(metadata);
  }

  /**
   * Vectors of texts.
   *
   * @param embedder {@code builtin:minilm}, or where it lies
   * @param windows of a text, at most
   */
  public record DenseConfiguration(String embedder, @Limit.AtLeast(1) int windows) {}

  /**
   * What neighbours may have in common that are dialogues, as Re3Dial has it, arXiv 2305.02606.
   *
   * @param commonCharacters the most characters in a row
   * @param shortestUtterance that counts as a whole, in characters
   */
  public record DialogueConfiguration(
      @Limit.AtLeast(1) int commonCharacters, @Limit.AtLeast(1) int shortestUtterance) {}

  /**
   * EntropyLong's verification, arXiv 2510.02330.
   *
   * @param method {@code entropy-long} or {@code none}
   * @param window tokens of a neighbour and a document together; 0: as many as the model has
   *     positions
   * @param deviations standard deviations above the mean from which on a token is uncertain
   * @param drop the relative drop of entropy that must be exceeded
   * @param over {@code mean} or {@code any}: of the uncertain tokens
   * @param lossDrop whether the loss of the uncertain tokens must fall too
   */
  public record CheckConfiguration(
      @Limit.OneOf({"none", "entropy-long"}) String method,
      @Limit.AtLeast(4) @Limit.Word(value = "model", means = 0) int window,
      @Limit.AtLeast(0) double deviations,
      @Limit.AtLeast(0) @Limit.AtMost(0.99) double drop,
      @Limit.OneOf({"mean", "any"}) String over,
      boolean lossDrop) {
    /** Whether edges are checked. */
    public boolean isSet() {
      return !method.equals("none");
    }
  }
}
