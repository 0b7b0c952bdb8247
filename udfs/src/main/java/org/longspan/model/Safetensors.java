package org.longspan.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One file in the safetensors format: eight bytes with the header's length, a JSON header, then the
 * tensors' bytes, all little-endian. Only the header is read; tensors are mapped piece by piece, so
 * a file may be of any size.
 */
final class Safetensors {
  private static final int PREFIX = Long.BYTES;
  // The format's own limit.
  private static final long LONGEST_HEADER = 100_000_000;

  /** Element types that can be made into 32-bit floats. */
  enum Type {
    F32(4),
    F16(2),
    BF16(2);

    private final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }

    int bytes() {
      return bytes;
    }
  }

  /** Where a tensor lies: {@code begin} and {@code end} are byte positions in the file. */
  record Tensor(Path file, String name, Type type, long[] shape, long begin, long end) {
    long elements() {
      return (end - begin) / type.bytes();
    }

    /** Elements from (inclusive) to (exclusive), read-only and little-endian; at most 2 GiB. */
    ByteBuffer map(long from, long to) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        long bytes = (to - from) * type.bytes();
        return channel
            .map(FileChannel.MapMode.READ_ONLY, begin + from * type.bytes(), bytes)
            .order(ByteOrder.LITTLE_ENDIAN);
      } catch (IOException e) {
        throw new ModelException(
            "The tensor '%s' in %s cannot be mapped: check that the file is still there."
                .formatted(name, file),
            e);
      }
    }

    /** Some rows of a matrix, little-endian. Read and not mapped: mappings would pile up. */
    ByteBuffer rows(int[] rows) {
      int width = Math.toIntExact(shape[1] * type.bytes());
      ByteBuffer bytes =
          ByteBuffer.allocateDirect(Math.multiplyExact(rows.length, width))
              .order(ByteOrder.LITTLE_ENDIAN);

      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        for (int i = 0; i < rows.length; i++) {
          bytes.limit((i + 1) * width);
          long from = begin + (long) rows[i] * width;

          while (bytes.hasRemaining()) {
            if (channel.read(bytes, from + bytes.position() - (long) i * width) < 0) {
              throw new IOException("The file ends within the tensor.");
            }
          }
        }
      } catch (IOException e) {
        throw new ModelException(
            "The tensor '%s' in %s cannot be read: check that the file is still there."
                .formatted(name, file),
            e);
      }

      return bytes.flip();
    }
  }

  private final Path file;
  private final Map<String, Tensor> tensors = new TreeMap<>();

  private Safetensors(Path file) {
    this.file = file;
  }

  static Safetensors open(Path file) {
    Safetensors opened = new Safetensors(file);

    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      opened.read(channel);
      return opened;
    } catch (IOException e) {
      throw new ModelException("%s cannot be read: check its permissions.".formatted(file), e);
    }
  }

  Map<String, Tensor> tensors() {
    return Collections.unmodifiableMap(tensors);
  }

  private void read(FileChannel channel) throws IOException {
    long size = channel.size();

    if (size < PREFIX) {
      throw damaged("it is %d bytes long, and no safetensors file is so short".formatted(size));
    }

    long length = exactly(channel, 0, PREFIX).getLong();

    if (length < 2 || length > LONGEST_HEADER || length > size - PREFIX) {
      throw damaged(
          "its header claims %s bytes of a file of %d"
              .formatted(Long.toUnsignedString(length), size));
    }

    long start = PREFIX + length;

    for (Map.Entry<String, JsonNode> entry : header(channel, (int) length).properties()) {
      if (!entry.getKey().equals("__metadata__")) {
        tensors.put(entry.getKey(), tensor(entry.getKey(), entry.getValue(), start, size));
      }
    }
  }

  private JsonNode header(FileChannel channel, int length) throws IOException {
    try {
      JsonNode header = new ObjectMapper().readTree(exactly(channel, PREFIX, length).array());

      if (!header.isObject()) {
        throw damaged("its header is not a JSON object");
      }

      return header;
    } catch (JsonProcessingException e) {
      throw damaged("its header is not JSON (%s)".formatted(e.getOriginalMessage()));
    }
  }

  private Tensor tensor(String name, JsonNode entry, long start, long size) {
    String label = entry.path("dtype").asText("none");
    Type type =
        Arrays.stream(Type.values())
            .filter(known -> known.name().equals(label))
            .findFirst()
            .orElseThrow(
                () ->
                    new ModelException(
                        "The tensor '%s' in %s has the type %s, which cannot be run: convert the weights to one of %s."
                            .formatted(name, file, label, Arrays.toString(Type.values()))));

    JsonNode offsets = entry.path("data_offsets");
    long begin = offsets.path(0).asLong(-1);
    long end = offsets.path(1).asLong(-1);

    if (begin < 0 || end < begin || end > size - start) {
      throw damaged(
          "its header puts the tensor '%s' at bytes %d to %d of %d"
              .formatted(name, begin, end, size - start));
    }

    long[] shape = new long[entry.path("shape").size()];
    long bytes = type.bytes();

    for (int i = 0; i < shape.length; i++) {
      shape[i] = entry.path("shape").path(i).asLong(-1);

      if (shape[i] < 0 || (shape[i] > 0 && bytes > Long.MAX_VALUE / shape[i])) {
        throw damaged("its header gives the tensor '%s' an impossible shape".formatted(name));
      }

      bytes *= shape[i];
    }

    if (bytes != end - begin) {
      throw damaged(
          "its header gives the tensor '%s' %d bytes, but its shape %s of %s takes %d"
              .formatted(name, end - begin, Arrays.toString(shape), type, bytes));
    }

    return new Tensor(file, name, type, shape, start + begin, start + end);
  }

  private ByteBuffer exactly(FileChannel channel, long position, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);

    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw damaged("it ends at byte %d".formatted(position + buffer.position()));
      }
    }

    return buffer.flip();
  }

  private ModelException damaged(String how) {
    return new ModelException(
        "%s is not a whole safetensors file: %s. Fetch it again.".formatted(file, how));
  }
}
