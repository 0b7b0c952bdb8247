package org.longspan.conf;

/**
 * How sequences are filled.
 *
 * @param packer who fills them
 * @param sequenceLength L, tokens of every sequence
 * @param branching k of SPLiCe
 * @param order {@code identity} or {@code shuffle}
 * @param separator {@code eos}: an end-of-text token after each document; {@code none}
 * @param longDocuments documents longer than a sequence: {@code fragment}, {@code truncate}, {@code
 *     drop} or {@code error}
 */
public record PackConfiguration(
    @Limit.OneOf({
          "splice",
          "best-fit",
          "concat",
          "random",
          "random-within-domain",
          "p-mix",
          "decompose"
        })
        String packer,
    @Limit.AtLeast(2) int sequenceLength,
    @Limit.AtLeast(1) int branching,
    @Limit.OneOf({"identity", "shuffle"}) String order,
    @Limit.OneOf({"eos", "none"}) String separator,
    @Limit.OneOf({"fragment", "truncate", "drop", "error"}) String longDocuments,
    PMixConfiguration pMix,
    DecomposeConfiguration decompose) {
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
}
