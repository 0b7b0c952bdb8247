package org.longspan.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.longspan.pack.DatasetDecomposition;
import org.longspan.pack.Decompose;
import org.longspan.run.Counts;
import org.longspan.stage.StageFailedException;
import org.longspan.stage.Tables;
import org.longspan.testing.LocalSpark;

@TestInstance(Lifecycle.PER_CLASS)
class ExportActionTest {
  private static final int L = 32;

  private final SparkSession spark = LocalSpark.session();
  private PackResult packed;
  private Dataset<Row> table;
  private List<Sequence> sequences;
  @TempDir Path folder;

  @BeforeAll
  void pack() {
    packed = Corpus.threeDomains().packing().sequenceLength(L).separatorToken(9_999).execute();
    table = packed.sequences();
    sequences = Sequence.all(table);
  }

  @AfterAll
  void close() {
    packed.close();
  }

  @Test
  void megatronGivesBackEveryTokenInTheOrderOfTheIds() throws IOException {
    ExportResult exported = export(table, List.of("megatron"), folder, 70_000);

    Path megatron = folder.resolve("megatron");
    List<List<Integer>> read = new ArrayList<>();
    for (String name : names(sequences.size(), "")) {
      List<List<Integer>> file = MegatronReader.read(megatron, name);
      assertThat(file).hasSizeBetween(1, 4);
      read.addAll(file);
    }

    assertThat(read).isEqualTo(sequences.stream().map(Sequence::inputIds).toList());
    assertThat(files(megatron))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(".bin", ".idx").flatMap(e -> names(sequences.size(), e).stream()).toList());
    assertThat(exported.counts().in())
        .isEqualTo(new Counts(packed.counts().out().documents(), (long) L * sequences.size()));
    assertThat(exported.counts().holds()).isTrue();
    assertThat(exported.folders()).containsOnlyKeys("megatron");
  }

  @Test
  void smallVocabularyTakesTwoBytesAToken(@TempDir Path small) throws IOException {
    export(table, List.of("megatron"), small, 65_499);

    assertThat(Files.size(small.resolve("megatron/longspan-00000.bin"))).isEqualTo(4 * L * 2);
    assertThat(MegatronReader.read(small.resolve("megatron"), "longspan-00000").get(0))
        .isEqualTo(sequences.get(0).inputIds());
  }

  @Test
  void megatronBytesDoNotDependOnPartitions(@TempDir Path one, @TempDir Path other)
      throws IOException {
    export(table.repartition(1), List.of("megatron"), one, 70_000);
    export(table.repartition(6), List.of("megatron"), other, 70_000);

    for (String file : files(one.resolve("megatron"))) {
      assertThat(other.resolve("megatron").resolve(file))
          .hasSameBinaryContentAs(one.resolve("megatron").resolve(file));
    }
  }

  @Test
  void parquetHoldsTheTableInNumberedFilesInTheOrderOfTheIds(@TempDir Path two) {
    export(table.repartition(5), List.of("parquet"), two, 70_000);

    Path parquet = two.resolve("parquet");
    assertThat(files(parquet)).containsExactlyElementsOf(names(sequences.size(), ".parquet"));
    Dataset<Row> read = spark.read().parquet(parquet.toString());
    assertThat(read.columns()).isEqualTo(Tables.SEQUENCES_SCHEMA.names());
    assertThat(Sequence.all(read)).isEqualTo(sequences);

    List<Long> second =
        spark
            .read()
            .parquet(parquet.resolve("longspan-00001.parquet").toString())
            .select("sequence_id")
            .collectAsList()
            .stream()
            .map(row -> row.getLong(0))
            .toList();
    assertThat(second).containsExactly(4L, 5L, 6L, 7L);
  }

  @Test
  void eachLengthHasAFolderOfItsOwn(@TempDir Path lengths) throws IOException {
    try (PackResult decomposed =
        new Corpus()
            .numbered("a", "web", 1, 100, 28)
            .numbered("b", "web", 1, 200, 20)
            .packing()
            .packer("decompose")
            .options(
                new Decompose.Options(
                    DatasetDecomposition.Unit.POWER,
                    4,
                    DatasetDecomposition.Overlong.LONGEST,
                    Decompose.Tail.DROP))
            .sequenceLength(16)
            .execute()) {
      ExportResult exported =
          export(decomposed.sequences(), List.of("megatron", "parquet"), lengths, 70_000);

      assertThat(files(lengths.resolve("megatron")))
          .containsExactly("length-16", "length-4", "length-8");
      assertThat(MegatronReader.read(lengths.resolve("megatron/length-4"), "longspan-00000"))
          .containsExactly(List.of(124, 125, 126, 127), List.of(216, 217, 218, 219));
      assertThat(
              Sequence.all(spark.read().parquet(lengths.resolve("parquet/length-16").toString())))
          .isEqualTo(Sequence.all(decomposed.sequences()).subList(3, 5));
      assertThat(exported.counts().out()).isEqualTo(new Counts(2, 48));
    }
  }

  @Test
  void tokenAboveTheVocabularyIsRefusedAndLeavesNoFile(@TempDir Path refused) {
    Dataset<Row> large = table.selectExpr(withFirstToken(70_000));

    assertThatThrownBy(() -> export(large, List.of("megatron"), refused, 30_000))
        .isInstanceOf(StageFailedException.class)
        .hasMessageStartingWith("The sequences could not be exported as megatron: Token id 70000");
    assertThat(files(refused.resolve("megatron"))).doesNotContain("longspan-00000.bin");
  }

  @Test
  void unknownFormatIsRefusedBeforeAnythingIsWritten(@TempDir Path empty) {
    assertThatThrownBy(() -> export(table, List.of("parquet", "mds5"), empty, 70_000))
        .isInstanceOf(StageFailedException.class)
        .hasMessageContaining("\"mds5\"")
        .hasMessageContaining("megatron, parquet");
    assertThat(files(empty)).isEmpty();
  }

  @Test
  void emptyTableIsRefused(@TempDir Path empty) {
    assertThatThrownBy(() -> export(table.limit(0), List.of("parquet"), empty, 70_000))
        .isInstanceOf(StageFailedException.class)
        .hasMessageStartingWith("There is nothing to export");
  }

  @Test
  void tableWithAGapInItsIdsIsRefused(@TempDir Path empty) {
    Dataset<Row> gap = table.where("sequence_id <> 3");

    assertThatThrownBy(() -> export(gap, List.of("parquet"), empty, 70_000))
        .isInstanceOf(StageFailedException.class)
        .hasMessageContaining("must run from 0 to " + (sequences.size() - 2));
  }

  /** Four sequences a file. */
  private ExportResult export(
      Dataset<Row> rows, List<String> formats, Path into, int vocabularySize) {
    return ExportAction.on(spark, rows)
        .formats(formats)
        .vocabularySize(vocabularySize)
        .fileTokens(4 * L + 1)
        .into(into.toUri().toString())
        .execute();
  }

  private static String[] withFirstToken(int id) {
    return Stream.of(Tables.SEQUENCES_SCHEMA.names())
        .map(
            column ->
                column.equals("input_ids")
                    ? "transform(input_ids, (t, i) -> if(i = 0, " + id + ", t)) AS input_ids"
                    : column)
        .toArray(String[]::new);
  }

  private static List<String> names(int sequences, String ending) {
    return Stream.iterate(0, file -> file + 1)
        .limit((sequences + 3) / 4)
        .map(file -> "longspan-%05d%s".formatted(file, ending))
        .toList();
  }

  private static List<String> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
