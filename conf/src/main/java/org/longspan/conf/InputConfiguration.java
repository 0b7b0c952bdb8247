package org.longspan.conf;

import java.util.List;

/**
 * Where documents come from and what is accepted.
 *
 * @param maxBadRows rows in quarantine above which the run fails
 * @param maxDocumentBytes UTF-8 bytes above which a row is no document
 * @param sources at least one; what one does not say stands under {@code input.defaults}
 */
public record InputConfiguration(
    @Limit.AtLeast(0) long maxBadRows,
    @Limit.AtLeast(1) @Limit.AtMost(1 << 30) @Limit.Bytes long maxDocumentBytes,
    @Limit.Required(
            "There are no documents to read: list one source at least, such as sources = [{ paths = [\"corpus/*.jsonl\"] }].")
        @Limit.DefaultsFrom("defaults")
        List<SourceConfiguration> sources) {
  public InputConfiguration {
    sources = List.copyOf(sources);
  }
}
