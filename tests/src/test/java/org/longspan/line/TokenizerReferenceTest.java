package org.longspan.line;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Whole documents against the reference implementation of the tokenizer, in one pass each. */
class TokenizerReferenceTest {
  @Test
  void theTokensTableHoldsTheReferenceTokenizersIds() throws Exception {
    Path output = SmallRun.on("local[2]").output();
    List<Row> rows =
        Session.spark()
            .read()
            .parquet(output.resolve("documents").toString())
            .join(Session.spark().read().parquet(output.resolve("tokens").toString()), "doc_id")
            .where("abs(hash(doc_id)) % 4 = 0")
            .select("doc_id", "text", "input_ids")
            .collectAsList();
    Path texts = Files.createTempFile("texts", ".jsonl");
    List<String> lines = new ArrayList<>();
    for (Row row : rows) {
      lines.add(new ObjectMapper().writeValueAsString(Map.of("text", row.getString(1))));
    }

    Files.write(texts, lines);
    List<JsonNode> reference =
        Python.lines(
            "token_ids.py",
            Command.ROOT
                .resolve("udfs/src/main/resources/org/longspan/model/starter/tokenizer.json")
                .toString(),
            texts.toString());

    assertThat(rows).hasSizeGreaterThan(20);
    for (int i = 0; i < rows.size(); i++) {
      List<Integer> ids = new ArrayList<>();
      reference.get(i).forEach(id -> ids.add(id.asInt()));
      assertThat(rows.get(i).<Integer>getList(2)).as(rows.get(i).getString(0)).isEqualTo(ids);
    }
  }
}
