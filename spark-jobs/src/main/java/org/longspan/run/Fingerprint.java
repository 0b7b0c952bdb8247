package org.longspan.run;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;

/**
 * One short name for a set of named values: equal sets, equal fingerprints. 32 hexadecimal digits,
 * the first 128 bits of SHA-256 over the pairs in name order, each part preceded by its length so
 * that no two different sets are written alike.
 */
public final class Fingerprint {
  private static final int BYTES = 16;

  private Fingerprint() {}

  /**
   * The fingerprint of named values.
   *
   * @throws IllegalArgumentException where a value is null
   */
  public static String of(SortedMap<String, String> values) {
    MessageDigest digest = sha256();
    for (Map.Entry<String, String> value : values.entrySet()) {
      if (value.getValue() == null) {
        throw new IllegalArgumentException(
            "The value of " + value.getKey() + " is null; a fingerprint needs one.");
      }

      update(digest, value.getKey());
      update(digest, value.getValue());
    }

    return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
  }

  private static void update(MessageDigest digest, String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
