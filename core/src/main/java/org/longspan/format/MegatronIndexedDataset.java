package org.longspan.format;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writer of Megatron-LM's IndexedDataset: {@code PREFIX.bin} holds token ids back to back, {@code
 * PREFIX.idx} says where each sequence lies.
 *
 * <pre>
 * offset        bytes  field of the .idx, little-endian
 * 0             9      "MMIDIDX" and two zero bytes
 * 9             8      version, 1
 * 17            1      token type: 4 int32, 8 uint16
 * 18            8      S, sequences
 * 26            8      D, entries of the document index: S + 1
 * 34            4 S    sequence lengths in tokens
 * 34 + 4 S      8 S    byte offset of each sequence in the .bin
 * 34 + 12 S     8 D    document index: 0, then the running number of sequences
 * </pre>
 *
 * <p>Every sequence is a document of its own, because Megatron's GPTDataset samples by sequence and
 * cuts windows with stride L over them: rows of exactly L tokens stay aligned with its windows.
 *
 * <p>Tokens stream through; four bytes a sequence are kept until {@link #finish}. The .idx is
 * written by {@code finish} alone, so that a writer closed after a failure leaves no index that
 * looks whole.
 */
public final class MegatronIndexedDataset implements Closeable {
  private static final byte[] MAGIC = "MMIDIDX\0\0".getBytes(StandardCharsets.US_ASCII);
  private static final long VERSION = 1;
  private static final int HEADER = 34;
  private static final int BYTES_A_SEQUENCE = Integer.BYTES + 2 * Long.BYTES;

  private final OutputStream bin;
  private final OutputStream idx;
  private final LittleEndianOutput tokens;
  private final TokenType type;
  private int[] lengths = new int[256];
  private int sequences;

  /**
   * @param bin where token ids go; closed by {@link #close}
   * @param idx where the index goes; closed by {@link #close}
   */
  public MegatronIndexedDataset(OutputStream bin, OutputStream idx, TokenType type) {
    this.bin = bin;
    this.idx = idx;
    this.tokens = new LittleEndianOutput(bin);
    this.type = type;
  }

  /**
   * Bytes of both files together.
   *
   * @param sequences number of sequences
   * @param length tokens of each
   */
  public static long bytes(long sequences, int length, TokenType type) {
    return HEADER + sequences * ((long) length * type.bytes() + BYTES_A_SEQUENCE) + Long.BYTES;
  }

  /**
   * Appends one sequence.
   *
   * @param ids token ids, each from 0 to the type's largest
   * @throws IllegalArgumentException for an id that the type cannot hold; nothing of the sequence
   *     is written then
   */
  public void add(int[] ids) throws IOException {
    for (int position = 0; position < ids.length; position++) {
      if (ids[position] < 0 || ids[position] > type.largestId()) {
        throw new IllegalArgumentException(
            "Token id %d at position %d of sequence %d does not fit %s, which holds 0 to %d; give the size of the tokenizer's whole vocabulary."
                .formatted(ids[position], position, sequences, type, type.largestId()));
      }
    }

    if (type == TokenType.UINT16) {
      for (int id : ids) {
        tokens.putShort((short) id);
      }
    } else {
      for (int id : ids) {
        tokens.putInt(id);
      }
    }

    if (sequences == lengths.length) {
      lengths = Arrays.copyOf(lengths, 2 * sequences);
    }

    lengths[sequences++] = ids.length;
  }

  /** Writes the index; nothing can be added afterwards. */
  public void finish() throws IOException {
    tokens.flush();

    LittleEndianOutput index = new LittleEndianOutput(idx);
    index.putBytes(MAGIC);
    index.putLong(VERSION);
    index.putByte(type.code());
    index.putLong(sequences);
    index.putLong(sequences + 1L);

    for (int s = 0; s < sequences; s++) {
      index.putInt(lengths[s]);
    }

    long offset = 0;
    for (int s = 0; s < sequences; s++) {
      index.putLong(offset);
      offset += (long) lengths[s] * type.bytes();
    }

    for (int s = 0; s <= sequences; s++) {
      index.putLong(s);
    }

    index.flush();
  }

  /** Closes both streams. Without {@link #finish} before it there is no index. */
  @Override
  public void close() throws IOException {
    try (bin;
        idx) {
      // Both are closed here, the second one also where the first one fails.
    }
  }
}
