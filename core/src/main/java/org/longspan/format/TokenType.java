package org.longspan.format;

/** How a token id lies in the file, always little-endian. */
public enum TokenType {
  /** Two bytes, ids 0 to 65,535. */
  UINT16((byte) 8, Short.BYTES, 0xFFFF),
  /** Four bytes, ids 0 to 2^31 - 1. */
  INT32((byte) 4, Integer.BYTES, Integer.MAX_VALUE);

  /** From this vocabulary on Megatron's own preprocessing takes four bytes. */
  private static final int UINT16_BELOW = 65_500;

  private final byte code;
  private final int bytes;
  private final int largestId;

  TokenType(byte code, int bytes, int largestId) {
    this.code = code;
    this.bytes = bytes;
    this.largestId = largestId;
  }

  /**
   * The type of Megatron's preprocess_data for a vocabulary.
   *
   * @param size number of token ids, at least 1
   */
  public static TokenType forVocabulary(int size) {
    if (size < 1) {
      throw new IllegalArgumentException(
          "A vocabulary has at least one token, but its size is given as %d.".formatted(size));
    }

    return size < UINT16_BELOW ? UINT16 : INT32;
  }

  /** Bytes of one token. */
  public int bytes() {
    return bytes;
  }

  /** The largest id that fits. */
  public int largestId() {
    return largestId;
  }

  byte code() {
    return code;
  }
}
