package org.longspan.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers into a stream, the low byte first. Buffered: call {@link #flush} at the end. */
final class LittleEndianOutput {
  private final OutputStream out;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);

  LittleEndianOutput(OutputStream out) {
    this.out = out;
  }

  void putBytes(byte[] values) throws IOException {
    flush();
    out.write(values);
  }

  void putByte(byte value) throws IOException {
    room(Byte.BYTES);
    buffer.put(value);
  }

  void putShort(short value) throws IOException {
    room(Short.BYTES);
    buffer.putShort(value);
  }

  void putInt(int value) throws IOException {
    room(Integer.BYTES);
    buffer.putInt(value);
  }

  void putLong(long value) throws IOException {
    room(Long.BYTES);
    buffer.putLong(value);
  }

  void flush() throws IOException {
    out.write(buffer.array(), 0, buffer.position());
    buffer.clear();
  }

  private void room(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      flush();
    }
  }
}
