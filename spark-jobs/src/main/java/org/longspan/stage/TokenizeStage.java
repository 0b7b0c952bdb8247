package org.longspan.stage;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.longspan.action.TokenizeAction;
import org.longspan.conf.ConfigurationException;
import org.longspan.conf.Problem;
import org.longspan.run.Balance;
import org.longspan.tokenizer.TokenizerFiles;

/** Text to ids of the trainer's tokenizer: {@code documents} to {@code tokens}. */
public final class TokenizeStage implements Stage {
  private final String tokenizer;

  /**
   * @param tokenizer {@code builtin:starter}, a tokenizer.json, or a Hugging Face directory
   */
  public TokenizeStage(String tokenizer) {
    this.tokenizer = tokenizer;
  }

  @Override
  public String name() {
    return "tokenize";
  }

  @Override
  public List<String> upstream() {
    return List.of("ingest");
  }

  @Override
  public List<String> tables() {
    return List.of(Tables.TOKENS);
  }

  /**
   * The fingerprint of the tokenizer's rules.
   *
   * @throws ConfigurationException if there is no tokenizer at its place or it is broken
   */
  @Override
  public SortedMap<String, String> identity() {
    return new TreeMap<>(Map.of("tokenizer", files().fingerprint()));
  }

  @Override
  public Balance run(StageContext context) {
    TokenizeAction action =
        TokenizeAction.on(context.spark(), context.table(Tables.DOCUMENTS), files());

    return context.describe(
        "text to ids",
        () -> {
          Dataset<Row> tokens = context.write(Tables.TOKENS, action.tokens());
          Balance counts = action.counts(tokens);
          context.writeDrops(action.drops(tokens, counts));
          context
              .progress()
              .accept(
                  String.format(
                      Locale.ROOT,
                      "%,d documents have %,d tokens",
                      counts.out().documents(),
                      counts.out().tokens()));
          return counts;
        });
  }

  private TokenizerFiles files() {
    try {
      return TokenizerFiles.read(tokenizer);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          List.of(new Problem("configuration", "longspan.tokenizer", e.getMessage())));
    }
  }
}
