package org.longspan.line;

import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a run wrote, as one digest a table, whatever files the rows lie in. */
final class Content {
  private static final List<String> TABLES =
      List.of(
          "documents",
          "tokens",
          "scores",
          "links",
          "selection",
          "edges",
          "sequences",
          "relatedness",
          "schedule",
          "drops",
          "quarantine");

  private Content() {}

  /** Digests of all tables, row order aside, and of the exported binaries byte for byte. */
  static SortedMap<String, String> of(Path output) throws IOException {
    SortedMap<String, String> digests = new TreeMap<>();
    for (String table : TABLES) {
      digests.put(
          table,
          Session.spark()
              .read()
              .parquet(output.resolve(table).toString())
              .select(sha2(to_json(struct(col("*"))), 256).as("row"))
              .agg(sha2(array_join(array_sort(collect_list("row")), ","), 256))
              .head()
              .getString(0));
    }

    try (Stream<Path> files = Files.list(output.resolve("export/megatron"))) {
      for (Path file : files.filter(f -> !f.getFileName().toString().startsWith(".")).toList()) {
        digests.put(file.getFileName().toString(), digest(file));
      }
    }

    return digests;
  }

  private static String digest(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
