package org.longspan.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * SHA-256 over the names, lengths and contents of files, read once a JVM while they stay as they
 * are.
 */
final class ModelFingerprint {
  private static final ConcurrentHashMap<List<State>, String> KNOWN = new ConcurrentHashMap<>();

  private ModelFingerprint() {}

  private record State(Path file, long size, FileTime modified) {}

  static String of(List<Path> files) {
    try {
      List<State> states = new ArrayList<>();

      for (Path file : files) {
        states.add(new State(file, Files.size(file), Files.getLastModifiedTime(file)));
      }

      String known = KNOWN.get(states);

      if (known == null) {
        known = digest(states);
        KNOWN.put(states, known);
      }

      return known;
    } catch (IOException e) {
      throw new ModelException(
          "The model's files in %s cannot be read to the end: check the disk and their permissions."
              .formatted(files.get(0).getParent()),
          e);
    }
  }

  private static String digest(List<State> states) throws IOException {
    MessageDigest sha256 = sha256();
    byte[] buffer = new byte[1 << 20];

    for (State state : states) {
      sha256.update(state.file().getFileName().toString().getBytes(StandardCharsets.UTF_8));
      sha256.update(ByteBuffer.allocate(1 + Long.BYTES).putLong(1, state.size()).array());

      try (InputStream in = Files.newInputStream(state.file())) {
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          sha256.update(buffer, 0, n);
        }
      }
    }

    return HexFormat.of().formatHex(sha256.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}
