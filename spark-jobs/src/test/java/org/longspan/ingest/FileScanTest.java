package org.longspan.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longspan.testing.LocalSpark;

class FileScanTest {
  private final SparkSession spark = LocalSpark.session();
  @TempDir private Path folder;

  @Test
  void linesOfACutFileKeepTheirNumbers() {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= 300; i++) {
      text.append("line ").append(i).append(i % 5 == 0 ? "\n\n" : "\n");
    }

    InputFolder input = new InputFolder(folder).file("a.txt", text.toString());
    List<InputFile> files =
        InputFiles.of(
                spark.sessionState().newHadoopConf(),
                List.of(SourceSpec.of(input.path("a.txt")).withFormat("lines")))
            .get(0);

    assertThat(read(files, 97)).hasSize(300).isEqualTo(read(files, 1 << 20));
  }

  private List<Row> read(List<InputFile> files, long pieceBytes) {
    return new FileScan(spark, pieceBytes)
        .rows(files, Formats.named("lines"), ColumnNames.DEFAULT, new RowRules(1_000, "d"))
        .select("line", "text", "doc_id")
        .orderBy("line")
        .collectAsList();
  }
}
