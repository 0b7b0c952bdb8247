package org.longspan.action;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a pair of Megatron files by their published layout. */
final class MegatronReader {
  private MegatronReader() {}

  static List<List<Integer>> read(Path folder, String name) throws IOException {
    ByteBuffer index = map(folder.resolve(name + ".idx"));
    ByteBuffer tokens = map(folder.resolve(name + ".bin"));
    byte[] magic = new byte[9];
    index.get(magic);
    if (!new String(magic, StandardCharsets.US_ASCII).equals("MMIDIDX\0\0")
        || index.getLong() != 1) {
      throw new IOException("Not a Megatron index of version 1");
    }

    int bytes = index.get() == 8 ? 2 : 4;
    int count = (int) index.getLong();
    List<List<Integer>> sequences = new ArrayList<>();
    for (int s = 0; s < count; s++) {
      int length = index.getInt(34 + 4 * s);
      int offset = (int) index.getLong(34 + 4 * count + 8 * s);
      List<Integer> sequence = new ArrayList<>();
      for (int i = 0; i < length; i++) {
        int at = offset + i * bytes;
        sequence.add(bytes == 2 ? Short.toUnsignedInt(tokens.getShort(at)) : tokens.getInt(at));
      }

      sequences.add(sequence);
    }

    return sequences;
  }

  private static ByteBuffer map(Path file) throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
  }
}
