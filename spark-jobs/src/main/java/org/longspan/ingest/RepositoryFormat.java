package org.longspan.ingest;

import java.io.IOException;
import java.io.InputStream;

/** One repository a folder: the first one below the path that the source names. */
final class RepositoryFormat implements Format {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "repository";
  }

  @Override
  public boolean goesWith(String name) {
    return false;
  }

  @Override
  public boolean givesRepositories(ColumnNames columns) {
    return true;
  }

  @Override
  public RowSource open(Piece piece, InputStream file, ColumnNames columns, RowRules rules) {
    return new FileRow(file) {
      @Override
      InputRow row(InputStream in) throws IOException {
        Place place = new Place(piece.file(), 0);
        String name = piece.file().name();
        int slash = name.indexOf('/');
        if (slash < 0) {
          return InputRow.skipped(
              place,
              Reason.NOT_TEXT,
              name,
              "The file lies beside the repositories, in none of their folders.");
        }

        String repo = name.substring(0, slash);
        String path = name.substring(slash + 1);
        return RepositoryFiles.row(place, in, repo, piece.file().folderKey(), path, rules);
      }
    };
  }
}
