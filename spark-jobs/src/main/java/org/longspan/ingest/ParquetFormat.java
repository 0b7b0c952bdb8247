package org.longspan.ingest;

import java.io.InputStream;

/** Rows of Parquet files; Spark reads them, see {@link TableRows}. */
final class ParquetFormat implements Format {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "parquet";
  }

  @Override
  public boolean goesWith(String name) {
    return name.endsWith(".parquet");
  }

  @Override
  public boolean givesRepositories(ColumnNames columns) {
    return columns.repo() != null;
  }

  @Override
  public RowSource open(Piece piece, InputStream in, ColumnNames columns, RowRules rules) {
    throw new UnsupportedOperationException("Parquet files are read by Spark.");
  }
}
