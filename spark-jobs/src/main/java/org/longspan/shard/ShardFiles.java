package org.longspan.shard;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The committed shards of one piece of work: a file of lines each, in a directory of a Hadoop file
 * system that all executors reach.
 */
public final class ShardFiles implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String directory;
  private final SerializableConfiguration hadoop;
  private final int shards;

  /**
   * @param directory for these shards alone
   * @param shards how many shards there are in all
   */
  public ShardFiles(String directory, Configuration hadoop, int shards) {
    this.directory = directory;
    this.hadoop = new SerializableConfiguration(hadoop);
    this.shards = shards;
  }

  /** Where the files are. */
  public String directory() {
    return directory;
  }

  /** The shards that are committed. */
  public BitSet committed() {
    BitSet committed = new BitSet(shards);

    try {
      FileSystem files = fileSystem();

      if (!files.exists(new Path(directory))) {
        return committed;
      }

      Set<String> names = new HashSet<>();

      for (FileStatus file : files.listStatus(new Path(directory))) {
        names.add(file.getPath().getName());
      }

      IntStream.range(0, shards)
          .filter(shard -> names.contains(name(shard)))
          .forEach(committed::set);
      return committed;
    } catch (IOException e) {
      throw failed("listed", e);
    }
  }

  /** Commits a shard: its file appears with all of its lines, or the call throws. */
  public void commit(int shard, Iterator<String> lines) {
    Path file = new Path(directory, name(shard));
    Path unfinished = new Path(directory, "_" + name(shard) + "-" + UUID.randomUUID());

    try {
      FileSystem files = fileSystem();

      try (Writer out =
          new OutputStreamWriter(files.create(unfinished, false), StandardCharsets.UTF_8)) {
        while (lines.hasNext()) {
          out.append(lines.next()).append('\n');
        }
      }

      // A second attempt at the same shard has written the same lines: the first to arrive stays.
      if (!files.rename(unfinished, file) && !files.exists(file)) {
        throw new IOException("It could not be renamed to " + file + ".");
      }

      files.delete(unfinished, false);
    } catch (IOException e) {
      throw failed("written", e);
    }
  }

  private FileSystem fileSystem() throws IOException {
    return new Path(directory).getFileSystem(hadoop.value());
  }

  private String name(int shard) {
    return "shard-%06d-of-%06d.jsonl".formatted(shard, shards);
  }

  private UncheckedIOException failed(String verb, IOException cause) {
    return new UncheckedIOException(
        "The shards in %s could not be %s: check that all executors reach this place."
            .formatted(directory, verb),
        cause);
  }
}
