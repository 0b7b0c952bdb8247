package org.longspan.action;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.longspan.format.MegatronIndexedDataset;
import org.longspan.format.TokenType;

/**
 * A pair of Megatron files under names of their own until {@link #commit}. A task that runs twice,
 * or is killed, never leaves half a file under the final name.
 */
final class PendingMegatronFile implements Closeable {
  private final FileSystem files;
  private final Path bin;
  private final Path idx;
  private final Path pendingBin;
  private final Path pendingIdx;
  private final MegatronIndexedDataset dataset;

  PendingMegatronFile(FileSystem files, Path folder, String name, TokenType type)
      throws IOException {
    String pending = "_" + name + "-" + UUID.randomUUID();
    this.files = files;
    this.bin = new Path(folder, name + ".bin");
    this.idx = new Path(folder, name + ".idx");
    this.pendingBin = new Path(folder, pending + ".bin");
    this.pendingIdx = new Path(folder, pending + ".idx");
    this.dataset =
        new MegatronIndexedDataset(files.create(pendingBin), files.create(pendingIdx), type);
  }

  void add(int[] tokens) throws IOException {
    dataset.add(tokens);
  }

  /** Puts the files in their places, the index last. */
  void commit() throws IOException {
    dataset.finish();
    dataset.close();
    rename(pendingBin, bin);
    rename(pendingIdx, idx);
  }

  /** Without {@link #commit} before it, nothing stays behind. */
  @Override
  public void close() throws IOException {
    dataset.close();
    files.delete(pendingBin, false);
    files.delete(pendingIdx, false);
  }

  private void rename(Path pending, Path target) throws IOException {
    // Another attempt at the same task may have been faster; its bytes are the same.
    if (!files.rename(pending, target) && !files.exists(target)) {
      throw new FileNotFoundException("The file " + target + " could not be put in its place.");
    }
  }
}
