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
 * The committed shards of one piece of work: a file each, in a directory of a Hadoop file system
 * that all executors reach. A file is written under another name and then renamed, so that it is
 * there whole or not at all, and a second attempt at the same shard does no harm.
 */
public final class ShardFiles implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String directory;
  private final SerializableConfiguration hadoop;
  private final int shards;
  private final String suffix;

  /**
   * @param directory for these shards alone
   * @param shards how many shards there are in all
   * @param suffix of the files' names, which says what they hold: {@code jsonl}, {@code parquet}
   */
  public ShardFiles(String directory, Configuration hadoop, int shards, String suffix) {
    this.directory = directory;
    this.hadoop = new SerializableConfiguration(hadoop);
    this.shards = shards;
    this.suffix = suffix;
  }

  /** Writes what a shard holds into a file that is not there yet. */
  public interface Content {
    void write(Path file, Configuration hadoop) throws IOException;
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

  /** Commits a shard of lines, see {@link #commit(int, Content)}. */
  public void commit(int shard, Iterator<String> lines) {
    commit(
        shard,
        (file, configuration) -> {
          try (Writer out =
              new OutputStreamWriter(
                  file.getFileSystem(configuration).create(file, false), StandardCharsets.UTF_8)) {
            while (lines.hasNext()) {
              out.append(lines.next()).append('\n');
            }
          }
        });
  }

  /** Commits a shard: its file appears with all of its content, or the call throws. */
  public void commit(int shard, Content content) {
    Path file = new Path(directory, name(shard));
    Path unfinished = new Path(directory, "_" + name(shard) + "-" + UUID.randomUUID());

    try {
      FileSystem files = fileSystem();
      content.write(unfinished, hadoop.value());

      // A second attempt at the same shard has written the same: the first to arrive stays.
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
    return "shard-%06d-of-%06d.%s".formatted(shard, shards, suffix);
  }

  private UncheckedIOException failed(String verb, IOException cause) {
    return new UncheckedIOException(
        "The shards in %s could not be %s: check that all executors reach this place."
            .formatted(directory, verb),
        cause);
  }
}
