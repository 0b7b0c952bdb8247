package org.longspan.measure;

import java.util.List;

/**
 * A document and what to ask about it.
 *
 * @param tokens tokens of the whole document
 * @param windows what is read of it
 */
public record WindowedDocument(int tokens, List<PlannedWindow> windows) {
  public WindowedDocument {
    windows = List.copyOf(windows);
  }
}
