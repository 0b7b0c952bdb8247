package org.longspan.plan;

import java.util.List;
import org.longspan.format.MegatronIndexedDataset;
import org.longspan.format.TokenType;
import org.longspan.mix.Supply;

/**
 * What would be packed and written.
 *
 * @param tokens of the chosen copies
 * @param separators tokens between them
 * @param sequenceLength tokens of a sequence, L
 * @param vocabularySize number of token ids, V
 * @param formats what is exported
 */
public record PackForecast(
    long tokens, long separators, int sequenceLength, int vocabularySize, List<String> formats) {
  private static final int BITS_A_BYTE = 8;

  public PackForecast {
    formats = List.copyOf(formats);
  }

  /** Of what was chosen; a separator stands behind each copy where there are any. */
  public static PackForecast of(
      Supply chosen,
      boolean separated,
      int sequenceLength,
      int vocabularySize,
      List<String> formats) {
    return new PackForecast(
        chosen.tokens(),
        separated ? chosen.documents() : 0,
        sequenceLength,
        vocabularySize,
        formats);
  }

  /** N = (tokens + separators) / L rounded up: as many as there are if all are full. */
  public long sequences() {
    return (tokens + separators + sequenceLength - 1) / sequenceLength;
  }

  /** Bytes of a token in Megatron's .bin. */
  public int megatronTokenBytes() {
    return TokenType.forVocabulary(vocabularySize).bytes();
  }

  /** Bits of a token in Parquet's dictionary pages: log2 V, rounded up. */
  public int parquetTokenBits() {
    return Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, vocabularySize - 1));
  }

  /**
   * Bytes of a format's files: exact for Megatron's N sequences in one file; for Parquet N L log2 V
   * / 8, ids packed in bits, before compression.
   */
  public long bytes(String format) {
    return switch (format) {
      case "megatron" ->
          MegatronIndexedDataset.bytes(
              sequences(), sequenceLength, TokenType.forVocabulary(vocabularySize));
      case "parquet" ->
          (long) ((double) sequences() * sequenceLength * parquetTokenBits() / BITS_A_BYTE);
      default -> throw new IllegalArgumentException("There is no export format " + format + ".");
    };
  }
}
