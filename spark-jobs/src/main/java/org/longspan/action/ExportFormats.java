package org.longspan.action;

import java.util.Map;
import java.util.TreeMap;

/** The export formats by name. A new one is a class and a line here. */
final class ExportFormats {
  private static final Map<String, ExportFormat> BY_NAME = new TreeMap<>();

  static {
    BY_NAME.put("megatron", new MegatronExport());
    BY_NAME.put("parquet", new ParquetExport());
  }

  private ExportFormats() {}

  /**
   * The format of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static ExportFormat named(String name) {
    ExportFormat format = BY_NAME.get(name);
    if (format == null) {
      throw new IllegalArgumentException(
          "There is no export format \"%s\"; choose among %s.".formatted(name, BY_NAME.keySet()));
    }

    return format;
  }
}
