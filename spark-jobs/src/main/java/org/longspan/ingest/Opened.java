package org.longspan.ingest;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.apache.commons.compress.utils.InputStreamStatistics;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * Opens files, uncompressed by their names. What the file system can't do fails the task, so that
 * Spark tries again; an {@link IOException} out of such a stream says that the file is broken.
 */
final class Opened {
  private static final int BUFFER = 1 << 16;

  private static final Map<String, String> COMPRESSIONS =
      Map.of(
          ".gz", CompressorStreamFactory.GZIP,
          ".tgz", CompressorStreamFactory.GZIP,
          ".bz2", CompressorStreamFactory.BZIP2,
          ".zst", CompressorStreamFactory.ZSTANDARD);

  private Opened() {}

  /** The bytes of a piece's file from {@code position} on, uncompressed. */
  static InputStream at(Configuration hadoop, InputFile file, long position) throws IOException {
    InputStream raw = new FromFileSystem(open(hadoop, file, position));
    String compression = COMPRESSIONS.get(ending(file.name()));
    if (compression == null) {
      return raw;
    }

    try {
      boolean severalMembers = true;
      return new CompressorStreamFactory(severalMembers)
          .createCompressorInputStream(compression, new BufferedInputStream(raw, BUFFER));
    } catch (CompressorException e) {
      raw.close();
      throw new IOException(e.getMessage(), e);
    }
  }

  /**
   * How many of a file's stored bytes hold the first of its bytes, uncompressed: up to what the
   * decompressor has in its buffer, 8 KiB of gzip and 128 KiB of zstandard at most.
   */
  static long storedBytes(Configuration hadoop, InputFile file, long first) {
    if (!isCompressed(file.name())) {
      return Math.min(file.bytes(), first);
    }

    try (InputStream in = at(hadoop, file, 0)) {
      in.skipNBytes(first);
      return Math.min(file.bytes(), ((InputStreamStatistics) in).getCompressedCount());
    } catch (IOException e) { // It ends before, or breaks off, which its rows will tell.
      return file.bytes();
    }
  }

  static boolean isCompressed(String name) {
    return COMPRESSIONS.containsKey(ending(name));
  }

  /** The name in lower case, without the ending of a compression. */
  static String uncompressedName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    String ending = ending(lower);
    if (ending.equals(".tgz")) {
      return lower.substring(0, lower.length() - ending.length()) + ".tar";
    }

    return isCompressed(lower) ? lower.substring(0, lower.length() - ending.length()) : lower;
  }

  private static String ending(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot).toLowerCase(Locale.ROOT);
  }

  private static FSDataInputStream open(Configuration hadoop, InputFile file, long position) {
    Path path = new Path(file.path());
    try {
      FSDataInputStream in = path.getFileSystem(hadoop).open(path, BUFFER);
      in.seek(position);
      return in;
    } catch (IOException e) {
      throw new UncheckedIOException("Can't open " + file.path() + ": " + e.getMessage(), e);
    }
  }

  /** Tells trouble with the file system apart from trouble with what the file holds. */
  private static final class FromFileSystem extends FilterInputStream {
    FromFileSystem(InputStream in) {
      super(in);
    }

    @Override
    public int read() {
      try {
        return in.read();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      try {
        return in.read(bytes, offset, length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
