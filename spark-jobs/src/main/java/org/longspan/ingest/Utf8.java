package org.longspan.ingest;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** UTF-8 without forgiveness: a replacement character would hide what was lost. */
final class Utf8 {
  private static final int BYTES_FOR_RAW = 4_000;

  private Utf8() {}

  /** The text without a byte order mark; empty where the bytes are not UTF-8. */
  static Optional<String> decode(byte[] bytes, int length) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes, 0, length))
              .toString();
      return Optional.of(withoutMark(text));
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** The beginning of the bytes for a person to look at, broken places replaced. */
  static String lenient(byte[] bytes, int length) {
    return new String(bytes, 0, Math.min(length, BYTES_FOR_RAW), StandardCharsets.UTF_8);
  }

  static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /** Bytes of the text in UTF-8; -1 where half of a surrogate pair stands alone. */
  static long length(String text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        bytes++;
      } else if (c < 0x800) {
        bytes += 2;
      } else if (!Character.isSurrogate(c)) {
        bytes += 3;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        bytes += 4;
        i++;
      } else {
        return -1;
      }
    }

    return bytes;
  }
}
