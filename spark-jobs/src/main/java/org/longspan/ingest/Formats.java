package org.longspan.ingest;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The formats there are. Parquet is read by Spark itself: {@link TableRows}. */
final class Formats {
  static final Format PARQUET = new ParquetFormat();

  private static final List<Format> ALL =
      List.of(
          new JsonLinesFormat(),
          PARQUET,
          new TextFormat(),
          new LinesFormat(),
          new HtmlFormat(),
          new ArchiveFormat(),
          new RepositoryFormat());

  private Formats() {}

  static Format named(String name) {
    return ALL.stream()
        .filter(format -> format.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no input format called "
                        + name
                        + "; there are auto, "
                        + ALL.stream().map(Format::name).collect(Collectors.joining(", "))
                        + "."));
  }

  /** The format of a source's file; empty where its name must tell and does not. */
  static Optional<Format> of(SourceSpec source, InputFile file) {
    return source.format().equals("auto") ? of(file) : Optional.of(named(source.format()));
  }

  private static Optional<Format> of(InputFile file) {
    String name = Opened.uncompressedName(file.baseName());
    return ALL.stream().filter(format -> format.goesWith(name)).findFirst();
  }
}
