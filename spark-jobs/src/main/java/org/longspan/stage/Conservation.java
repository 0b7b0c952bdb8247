package org.longspan.stage;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.longspan.run.Balance;
import org.longspan.run.Counts;

/**
 * The first law: {@code in + added = out + dropped}, and what a balance says was dropped is what
 * the {@code drops} table lists, reason by reason, in tokens and in documents.
 *
 * <p>A reason is of one of two kinds. Where whole documents are left out, each has one row. Where
 * parts of documents are left out that themselves go on, the balance counts tokens and no document
 * for this reason, and the rows may be as many as the parts.
 */
final class Conservation {
  private Conservation() {}

  /**
   * A stage's rows of drops and their tokens by reason. One job; as many reasons come to the driver
   * as there are.
   *
   * @throws IllegalStateException where a row names another stage, or no reason
   */
  static SortedMap<String, Counts> count(String stage, Dataset<Row> drops) {
    SortedMap<String, Counts> counts = new TreeMap<>();
    Dataset<Row> sums =
        drops
            .groupBy("stage", "reason")
            .agg(
                functions.count(functions.lit(1)),
                functions.coalesce(functions.sum("tokens"), functions.lit(0L)));
    for (Row sum : sums.collectAsList()) {
      if (!stage.equals(sum.getString(0)) || sum.isNullAt(1)) {
        throw new IllegalStateException(
            "Its drops have rows of stage "
                + sum.getString(0)
                + " with the reason "
                + sum.getString(1)
                + "; they must name this stage and a reason.");
      }

      counts.put(sum.getString(1), new Counts(sum.getLong(2), sum.getLong(3)));
    }

    return counts;
  }

  /** The breach of the law in a sentence, with its numbers; empty where it holds. */
  static Optional<String> breach(Balance balance, SortedMap<String, Counts> drops) {
    if (!balance.holds()) {
      return Optional.of(
          "What went in did not come out: in "
              + say(balance.in())
              + say("added", balance.added())
              + ", but out "
              + say(balance.out())
              + say("dropped", balance.dropped())
              + ".");
    }

    SortedMap<String, Counts> reasons = new TreeMap<>(drops);
    balance.dropped().forEach((reason, counts) -> reasons.putIfAbsent(reason, Counts.NONE));
    for (Map.Entry<String, Counts> listed : reasons.entrySet()) {
      Counts said = balance.dropped().getOrDefault(listed.getKey(), Counts.NONE);
      if (!agree(said, listed.getValue())) {
        return Optional.of(
            "The balance says "
                + say(said)
                + " dropped as "
                + listed.getKey()
                + ", and the drops table lists "
                + say(listed.getValue())
                + ".");
      }
    }

    return Optional.empty();
  }

  private static boolean agree(Counts said, Counts listed) {
    boolean partsOnly = said.documents() == 0 && said.tokens() > 0;
    return said.tokens() == listed.tokens()
        && (partsOnly || said.documents() == listed.documents());
  }

  private static String say(String verb, SortedMap<String, Counts> reasons) {
    StringBuilder text = new StringBuilder();
    reasons.forEach(
        (reason, counts) ->
            text.append(" and ")
                .append(say(counts))
                .append(' ')
                .append(verb)
                .append(" as ")
                .append(reason));
    return text.toString();
  }

  private static String say(Counts counts) {
    return String.format(
        Locale.ROOT, "%,d documents with %,d tokens", counts.documents(), counts.tokens());
  }
}
