package org.longspan.ingest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.longspan.seed.Seeded;

/**
 * Which parts of a source's files a sample reads. Files are cut into units as far as their format
 * allows, and units are drawn by a seeded hash, each as likely as any other, until they come to
 * enough bytes; so what is counted in the sample, times the source's bytes over the sample's, is an
 * estimate of the source.
 *
 * <p>Lines can be read anywhere: a unit is {@link #PIECE_BYTES} of them, from whichever place.
 * Compressed lines, and lines that are joined into repositories, can be read from the beginning
 * alone: such a file's head is as long as the units that were drawn of it. Of any other format a
 * unit is a whole file, or a repository's folder.
 */
final class SampleDraw {
  static final long PIECE_BYTES = 256L << 10;

  /** Uncompressed; long enough that the decompressor's buffer hardly matters. */
  static final long HEAD_BYTES = 4L << 20;

  private SampleDraw() {}

  /** How a file can be read in part. */
  enum Cut {
    /** In pieces from any place. */
    ANYWHERE,
    /** From its beginning. */
    FROM_THE_START,
    /** Not at all. */
    NOWHERE,
    /** Not at all, and only with the others of its folder. */
    NOWHERE_IN_ITS_FOLDER
  }

  /**
   * How many bytes of text are read of each source: all sources the same, but what a small one does
   * not need goes to the others.
   */
  static long[] shares(long[] sources, long bytes) {
    long[] shares = new long[sources.length];
    int[] ascending =
        IntStream.range(0, sources.length)
            .boxed()
            .sorted(Comparator.comparingLong(s -> sources[s]))
            .mapToInt(Integer::intValue)
            .toArray();
    long left = bytes;
    for (int i = 0; i < ascending.length; i++) {
      long equal = left / (ascending.length - i);
      shares[ascending[i]] = Math.max(1, Math.min(sources[ascending[i]], equal));
      left = Math.max(0, left - shares[ascending[i]]);
    }

    return shares;
  }

  /** Bytes of text in files, about. */
  static long textBytes(List<InputFile> files) {
    return files.stream().mapToLong(Pieces::textBytes).sum();
  }

  /**
   * Draws.
   *
   * @param files of one source
   * @param cut of each file
   * @param bytes of text that the sample has at least; all files are read whole where they have no
   *     more
   * @return pieces in the order of files and places; those from the middle of a file count each
   *     byte before them as a line, which keeps lines apart and in order, without their numbers
   */
  static List<Piece> of(
      List<InputFile> files, Function<InputFile, Cut> cut, long bytes, long seed) {
    if (textBytes(files) <= bytes) {
      return files.stream().map(Piece::whole).toList();
    }

    TreeMap<Long, Lot> lots = new TreeMap<>();
    long units = 0;
    for (Lot lot : lots(files, cut)) {
      lots.put(units, lot);
      units += lot.units();
    }

    Map<Lot, SortedSet<Long>> drawn = new LinkedHashMap<>();
    long read = 0;
    for (long n = 0; read < bytes; n++) {
      long hash = Seeded.hash(seed, "plan", Integer.toString(files.get(0).source()), n);
      long unit = Seeded.index(hash, units);
      Map.Entry<Long, Lot> lot = lots.floorEntry(unit);
      long inside = unit - lot.getKey();
      if (drawn.computeIfAbsent(lot.getValue(), l -> new TreeSet<>()).add(inside)) {
        read += lot.getValue().textBytes(inside);
      }
    }

    List<Piece> pieces = new ArrayList<>();
    drawn.forEach((lot, some) -> pieces.addAll(lot.pieces(some)));
    pieces.sort(
        Comparator.<Piece>comparingInt(piece -> piece.file().index())
            .thenComparingLong(Piece::start));
    return pieces;
  }

  private static List<Lot> lots(List<InputFile> files, Function<InputFile, Cut> cut) {
    Map<String, List<InputFile>> folders = new LinkedHashMap<>();
    List<Lot> lots = new ArrayList<>();
    for (InputFile file : files) {
      Cut how = cut.apply(file);
      if (how == Cut.NOWHERE_IN_ITS_FOLDER) {
        folders.computeIfAbsent(file.folderKey(), key -> new ArrayList<>()).add(file);
      } else {
        lots.add(new Lot(List.of(file), how));
      }
    }

    folders.values().forEach(folder -> lots.add(new Lot(folder, Cut.NOWHERE_IN_ITS_FOLDER)));
    return lots;
  }

  /** Files that are drawn together, or one that is drawn in units. */
  private record Lot(List<InputFile> files, Cut cut) {
    long units() {
      return switch (cut) {
        case ANYWHERE -> Math.max(1, (file().bytes() + PIECE_BYTES - 1) / PIECE_BYTES);
        case FROM_THE_START ->
            Math.max(1, (Pieces.textBytes(file()) + HEAD_BYTES - 1) / HEAD_BYTES);
        case NOWHERE, NOWHERE_IN_ITS_FOLDER -> 1;
      };
    }

    long textBytes(long unit) {
      return switch (cut) {
        case ANYWHERE -> end(unit) - unit * PIECE_BYTES;
        case FROM_THE_START -> HEAD_BYTES;
        case NOWHERE, NOWHERE_IN_ITS_FOLDER -> SampleDraw.textBytes(files);
      };
    }

    List<Piece> pieces(SortedSet<Long> drawn) {
      if (drawn.size() == units()) {
        return files.stream().map(Piece::whole).toList();
      }

      return cut == Cut.FROM_THE_START
          ? List.of(new Piece(file(), 0, drawn.size() * HEAD_BYTES, 0))
          : drawn.stream().map(this::piece).toList();
    }

    private Piece piece(long unit) {
      long start = unit * PIECE_BYTES;
      return new Piece(file(), start, end(unit), start);
    }

    private long end(long unit) {
      return Math.min(file().bytes(), (unit + 1) * PIECE_BYTES);
    }

    private InputFile file() {
      return files.get(0);
    }
  }
}
