package org.longspan.ingest;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;

/**
 * One repository an archive: jar, zip, tar, and compressed tar. Entries are streamed, never
 * unpacked, each up to the limit of a document; entries in hidden folders ({@code .git}) are left
 * out as on disk.
 */
final class ArchiveFormat implements Format {
  private static final long serialVersionUID = 1L;
  private static final Pattern ENDING =
      Pattern.compile("\\.(jar|zip|tgz|tar|tar\\.(gz|bz2|zst))$", Pattern.CASE_INSENSITIVE);

  @Override
  public String name() {
    return "archive";
  }

  @Override
  public boolean goesWith(String name) {
    return ENDING.matcher(name).find();
  }

  @Override
  public boolean givesRepositories(ColumnNames columns) {
    return true;
  }

  @Override
  public RowSource open(Piece piece, InputStream in, ColumnNames columns, RowRules rules) {
    boolean tar = Opened.uncompressedName(piece.file().name()).endsWith(".tar");
    InputStream buffered = new BufferedInputStream(in);
    return new Entries(
        piece.file(),
        tar ? new TarArchiveInputStream(buffered) : new ZipArchiveInputStream(buffered),
        rules);
  }

  private static final class Entries implements RowSource {
    private final InputFile file;
    private final ArchiveInputStream archive;
    private final RowRules rules;
    private final String repo;
    private long entries;

    Entries(InputFile file, ArchiveInputStream archive, RowRules rules) {
      this.file = file;
      this.archive = archive;
      this.rules = rules;
      Matcher ending = ENDING.matcher(file.name());
      this.repo = ending.find() ? file.name().substring(0, ending.start()) : file.name();
    }

    @Override
    public InputRow next() throws IOException {
      try {
        for (ArchiveEntry entry = entry(); entry != null; entry = entry()) {
          if (isFile(entry) && !isHidden(entry.getName())) {
            return row(entry);
          }
        }
      } catch (IllegalArgumentException e) {
        throw new IOException("An entry's header is broken: " + e.getMessage(), e);
      }

      if (entries == 0) {
        throw new IOException("There is no entry in it.");
      }

      return null;
    }

    @Override
    public long line() {
      return entries;
    }

    @Override
    public void close() throws IOException {
      archive.close();
    }

    private ArchiveEntry entry() throws IOException {
      ArchiveEntry entry = archive.getNextEntry();
      entries += entry == null ? 0 : 1;
      return entry;
    }

    private InputRow row(ArchiveEntry entry) throws IOException {
      Place place = new Place(file, entries);
      if (!archive.canReadEntryData(entry)) {
        return InputRow.skipped(
            place,
            Reason.NOT_TEXT,
            entry.getName(),
            "The entry is encrypted or compressed in a way that is not known.");
      }

      return RepositoryFiles.row(place, archive, repo, file.key(), entry.getName(), rules);
    }

    private static boolean isFile(ArchiveEntry entry) {
      return entry instanceof TarArchiveEntry tar ? tar.isFile() : !entry.isDirectory();
    }

    private static boolean isHidden(String name) {
      return Arrays.stream(name.split("/"))
          .anyMatch(part -> part.startsWith(".") && !part.equals("."));
    }
  }
}
