package org.longspan.retrieve;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * A slice's texts in one local file, to be read again by doc_id. Memory: an id and a place a
 * document.
 */
final class SliceTexts implements Closeable {
  private record Place(long from, int bytes) {}

  private final FileChannel file;
  private final Map<String, Place> places = new HashMap<>();
  private long end;

  /** An empty file, which must not exist before. */
  SliceTexts(Path path) throws IOException {
    this.file =
        FileChannel.open(
            path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  void add(String id, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    places.put(id, new Place(end, bytes.remaining()));
    while (bytes.hasRemaining()) {
      end += file.write(bytes, end);
    }
  }

  /** The text of a document that was added. */
  String text(String id) throws IOException {
    Place place = places.get(id);
    ByteBuffer bytes = ByteBuffer.allocate(place.bytes());
    while (bytes.hasRemaining()) {
      if (file.read(bytes, place.from() + bytes.position()) < 0) {
        throw new IOException(
            "The text of %s ends too early in the scratch file of its slice: is the disk full?"
                .formatted(id));
      }
    }

    return new String(bytes.array(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
