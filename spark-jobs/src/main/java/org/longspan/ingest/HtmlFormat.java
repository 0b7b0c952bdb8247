package org.longspan.ingest;

import java.io.IOException;
import java.io.InputStream;

/**
 * One page a file. A folder of pages has style sheets, scripts and pictures too; files that are not
 * named as pages are passed over.
 */
final class HtmlFormat implements Format {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "html";
  }

  @Override
  public boolean goesWith(String name) {
    return name.endsWith(".html") || name.endsWith(".htm") || name.endsWith(".xhtml");
  }

  @Override
  public RowSource open(Piece piece, InputStream file, ColumnNames columns, RowRules rules) {
    String name = Opened.uncompressedName(piece.file().name());
    if (goesWith(name) || name.endsWith(".xml")) {
      return TextFormat.document(piece, file, rules);
    }

    return new FileRow(file) {
      @Override
      InputRow row(InputStream in) throws IOException {
        return InputRow.skipped(
            new Place(piece.file(), 0),
            Reason.NOT_TEXT,
            null,
            "A file of a folder of pages that is not named .html, .htm, .xhtml or .xml.");
      }
    };
  }
}
