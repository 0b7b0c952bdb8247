package org.longspan.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longspan.conf.ConfigurationException;
import org.longspan.run.Balance;
import org.longspan.run.Counts;
import org.longspan.testing.LocalSpark;
import org.longspan.tokenizer.Tokenizer;

class TokenizeStageTest {
  private static final StructType DOCUMENTS =
      new StructType()
          .add("doc_id", DataTypes.StringType)
          .add("domain", DataTypes.StringType)
          .add("text", DataTypes.StringType);
  private final SparkSession spark = LocalSpark.session();

  @Test
  void everyDocumentHasItsIdsOrADrop(@TempDir Path directory) {
    FolderContext context = new FolderContext(directory);
    String text = "Long context. ".repeat(20_000);
    context.with(
        Tables.DOCUMENTS,
        spark.createDataFrame(
            List.of(
                RowFactory.create("a", "book", text),
                RowFactory.create("b", "web", "Short."),
                RowFactory.create("c", "web", "")),
            DOCUMENTS));

    Balance balance = new TokenizeStage("builtin:starter").run(context);

    int[] ids = Tokenizer.load("builtin:starter").encode(text);
    List<Row> tokens = context.table(Tables.TOKENS).orderBy("doc_id").collectAsList();
    assertThat(tokens).extracting(row -> row.getString(0)).containsExactly("a", "b");
    assertThat(tokens.get(0).getInt(2)).isEqualTo(ids.length);
    assertThat(tokens.get(0).<Integer>getList(3).stream().mapToInt(id -> id).toArray())
        .isEqualTo(ids);
    assertThat(context.table(Tables.DROPS).collectAsList())
        .containsExactly(
            RowFactory.create(
                "c", "tokenize", "no-tokens", 0L, "The tokenizer gives no token for this text."));

    long all = (long) ids.length + tokens.get(1).getInt(2);
    assertThat(balance)
        .isEqualTo(
            Balance.of(
                new Counts(3, 0),
                Map.of("tokenized", new Counts(0, all)),
                new Counts(2, all),
                Map.of("no-tokens", new Counts(1, 0))));
    assertThat(balance.holds()).isTrue();
    assertThat(context.lines()).hasSize(1).first().asString().contains("2 documents");
  }

  @Test
  void anEmptyCorpusStaysEmpty(@TempDir Path directory) {
    FolderContext context = new FolderContext(directory);
    context.with(Tables.DOCUMENTS, spark.createDataFrame(List.of(), DOCUMENTS));

    assertThat(new TokenizeStage("builtin:starter").run(context).out()).isEqualTo(Counts.NONE);
    assertThat(context.table(Tables.DROPS).count()).isZero();
  }

  @Test
  void theIdentityIsWhatTheTokenizerHolds() {
    assertThat(new TokenizeStage("builtin:starter").identity())
        .containsEntry("tokenizer", Tokenizer.load("builtin:starter").fingerprint());
  }

  @Test
  void aMissingTokenizerIsAProblemOfTheConfiguration() {
    assertThatThrownBy(() -> new TokenizeStage("/nowhere").identity())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("longspan.tokenizer")
        .hasMessageContaining("/nowhere");
  }
}
