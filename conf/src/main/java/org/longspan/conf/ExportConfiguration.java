package org.longspan.conf;

import java.util.List;

/**
 * What trainers read.
 *
 * @param formats {@code parquet}, {@code megatron}
 */
public record ExportConfiguration(
    @Limit.Required("No format is set: name one at least, such as formats = [parquet].")
        @Limit.OneOf({"parquet", "megatron"})
        List<String> formats) {
  public ExportConfiguration {
    formats = List.copyOf(formats);
  }
}
