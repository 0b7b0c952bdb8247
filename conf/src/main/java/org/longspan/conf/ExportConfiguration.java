package org.longspan.conf;

import java.util.List;

/**
 * What trainers read.
 *
 * @param formats {@code parquet}, {@code megatron}
 */
public record ExportConfiguration(List<String> formats) {
  public ExportConfiguration {
    formats = List.copyOf(formats);
  }
}
