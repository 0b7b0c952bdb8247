package org.longspan.conf;

/**
 * How sequences are filled.
 *
 * @param packer who fills them
 * @param sequenceLength L, tokens of every sequence
 * @param branching k of SPLiCe
 * @param order {@code identity}, {@code shuffle} or {@code reverse}
 * @param noise share of SPLiCe's neighbours that are replaced by chance
 * @param separator {@code eos}: an end-of-text token after each document; {@code none}
 * @param longDocuments documents longer than a sequence: {@code fragment}, {@code truncate}, {@code
 *     drop} or {@code error}
 */
public record PackConfiguration(
    @Limit.OneOf({
          "splice",
          "in-context",
          "knn",
          "cluster",
          "topics",
          "quest",
          "datasculpt",
          "retrieval-groups",
          "nextlong",
          "interleaved",
          "best-fit",
          "seamless",
          "concat",
          "random",
          "random-within-domain",
          "p-mix",
          "decompose"
        })
        String packer,
    @Limit.AtLeast(2) int sequenceLength,
    @Limit.AtLeast(1) int branching,
    @Limit.OneOf({"identity", "shuffle", "reverse"}) String order,
    @Limit.AtLeast(0) @Limit.AtMost(1) double noise,
    @Limit.OneOf({"eos", "none"}) String separator,
    @Limit.OneOf({"fragment", "truncate", "drop", "error"}) String longDocuments,
    PMixConfiguration pMix,
    DecomposeConfiguration decompose,
    InContextConfiguration inContext,
    GroupsConfiguration cluster,
    GroupsConfiguration topics,
    DatasculptConfiguration datasculpt,
    NextlongConfiguration nextlong,
    InterleavedConfiguration interleaved,
    SeamlessConfiguration seamless,
    RelatednessConfiguration relatedness,
    ExactConfiguration exact) {
  /**
   * LongMagpie's rows of short and long documents.
   *
   * @param longFrom tokens from which a document is long
   * @param chance p, that a long document follows
   */
  public record PMixConfiguration(
      @Limit.AtLeast(1) int longFrom, @Limit.AtLeast(0) @Limit.AtMost(1) double chance) {}

  /**
   * Dataset Decomposition.
   *
   * @param shortest tokens of the smallest piece, a power of two
   * @param unit {@code power}: pieces of 2^k tokens; {@code power-and-next}: of one more
   * @param overlong {@code longest} or {@code balanced}
   * @param tail {@code drop} or {@code pack}
   */
  public record DecomposeConfiguration(
      @Limit.AtLeast(2) int shortest,
      @Limit.OneOf({"power", "power-and-next"}) String unit,
      @Limit.OneOf({"longest", "balanced"}) String overlong,
      @Limit.OneOf({"drop", "pack"}) String tail) {}

  /**
   * In-Context Pretraining.
   *
   * @param mode {@code paper} or {@code code}
   * @param clusterDocuments documents of a cluster of the code
   */
  public record InContextConfiguration(
      @Limit.OneOf({"paper", "code"}) String mode, @Limit.AtLeast(1) int clusterDocuments) {}

  /**
   * Groups of related documents.
   *
   * @param leastSimilarity of an edge that joins two
   * @param mostRows sequences that a group fills at most
   * @param order of a group's documents: {@code chance} or {@code central}
   */
  public record GroupsConfiguration(
      double leastSimilarity,
      @Limit.AtLeast(1) int mostRows,
      @Limit.OneOf({"chance", "central"}) String order) {}

  /**
   * DataSculpt's clusters.
   *
   * @param leastSimilarity of an edge that joins two documents
   * @param mostRows sequences that a cluster fills at most
   */
  public record DatasculptConfiguration(double leastSimilarity, @Limit.AtLeast(1) int mostRows) {}

  /**
   * NExtLong.
   *
   * @param chunk tokens of a chunk
   * @param safety w of the number of negatives
   * @param placement of the chunk among its negatives: {@code head}, {@code tail} or {@code random}
   * @param hops edges from the document to its farthest negative
   */
  public record NextlongConfiguration(
      @Limit.AtLeast(1) int chunk,
      @Limit.AtLeast(1) double safety,
      @Limit.OneOf({"head", "tail", "random"}) String placement,
      @Limit.AtLeast(1) int hops) {}

  /**
   * Interleaved documents.
   *
   * @param documents that alternate
   * @param pieces of each
   */
  public record InterleavedConfiguration(
      @Limit.AtLeast(1) int documents, @Limit.AtLeast(1) int pieces) {}

  /**
   * Seamless Packing.
   *
   * @param overlap the greatest share of a sequence that is repeated
   */
  public record SeamlessConfiguration(@Limit.AtLeast(0) @Limit.AtMost(0.5) double overlap) {}

  /**
   * How related the rows are, measured.
   *
   * @param rows of a domain that are sampled; 0: nothing is measured
   * @param pairs of documents of each of them
   * @param characters of a document that are read
   */
  public record RelatednessConfiguration(
      @Limit.AtLeast(0) int rows, @Limit.AtLeast(1) int pairs, @Limit.AtLeast(1) int characters) {}

  /**
   * EXACT's weights.
   *
   * @param tail tokens of context with which the tail begins; 0: a quarter of a sequence
   * @param weights whether each token's weight is written
   */
  public record ExactConfiguration(@Limit.AtLeast(0) int tail, boolean weights) {}

  /** Whether there is something to measure in finished sequences. */
  public boolean isMeasured() {
    return relatedness.rows() > 0 || exact.weights();
  }

  /** Tokens of context with which EXACT's tail begins: 0, or a power of two from 8. */
  public int exactTail() {
    return exact.tail() > 0
        ? exact.tail()
        : Integer.highestOneBit(Math.max(32, sequenceLength) / 4);
  }
}
