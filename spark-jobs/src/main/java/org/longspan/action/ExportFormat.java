package org.longspan.action;

import java.io.IOException;

/** A format that trainers read; registered by name in {@link ExportFormats}. */
interface ExportFormat {
  /**
   * Writes all files of the format. Their bytes, or for Parquet their content, depend on the
   * sequences alone.
   *
   * @return the number of sequences in the files
   * @throws IllegalArgumentException where a sequence cannot be written in this format
   */
  long write(SequenceFiles sequences) throws IOException;
}
