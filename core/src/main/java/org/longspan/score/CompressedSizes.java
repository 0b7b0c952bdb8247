package org.longspan.score;

/**
 * How small a text becomes, in bytes.
 *
 * @param bytes the text in UTF-8
 * @param gzip the same by gzip, header and trailer included; it sees back 32 KiB
 * @param gzipLevel the level at which gzip worked, 1 to 9
 * @param longWindow the same by a codec of about the same strength that sees the whole text
 */
public record CompressedSizes(long bytes, long gzip, int gzipLevel, long longWindow) {
  public CompressedSizes {
    if (bytes < 0 || gzip < 1 || longWindow < 1) {
      throw new IllegalArgumentException(
          "A text can't have %d bytes, %d by gzip and %d by a long window."
              .formatted(bytes, gzip, longWindow));
    }
  }
}
