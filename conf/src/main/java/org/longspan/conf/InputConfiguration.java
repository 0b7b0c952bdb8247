package org.longspan.conf;

import java.util.List;

/**
 * Where documents come from and what is accepted.
 *
 * @param maxBadRows rows in quarantine above which the run fails
 * @param maxDocumentBytes UTF-8 bytes above which a row is no document
 * @param sources at least one
 */
public record InputConfiguration(
    long maxBadRows, long maxDocumentBytes, List<SourceConfiguration> sources) {
  public InputConfiguration {
    sources = List.copyOf(sources);
  }
}
