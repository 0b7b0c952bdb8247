package org.longspan.action;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.longspan.run.Balance;

/**
 * What {@link ExportAction} wrote.
 *
 * @param folders Hadoop path of the files of each format, by its name
 * @param counts copies that begin in the sequences, and tokens; in equals out
 */
public record ExportResult(SortedMap<String, String> folders, Balance counts, Duration took) {
  public ExportResult {
    folders = Collections.unmodifiableSortedMap(new TreeMap<>(folders));
  }
}
