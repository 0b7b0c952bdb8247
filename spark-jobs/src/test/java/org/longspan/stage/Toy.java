package org.longspan.stage;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.longspan.run.Balance;
import org.longspan.run.Counts;

/** A stage of a test. */
record Toy(
    String name,
    List<String> upstream,
    List<String> tables,
    SortedMap<String, String> identity,
    Function<StageContext, Balance> work)
    implements Stage {
  static Toy named(String name, String... upstream) {
    return new Toy(
        name,
        List.of(upstream),
        List.of(),
        new TreeMap<>(),
        context -> {
          throw new UnsupportedOperationException("Only planned.");
        });
  }

  /** A stage that has a table from elsewhere. */
  static Stage source(String name, String table, Dataset<Row> rows) {
    return named(name)
        .tables(table)
        .work(
            context -> {
              context.write(table, rows);
              return Balance.unchanged(Counts.NONE);
            });
  }

  Toy tables(String... names) {
    return new Toy(name, upstream, List.of(names), identity, work);
  }

  Toy identity(Map<String, String> values) {
    return new Toy(name, upstream, tables, new TreeMap<>(values), work);
  }

  Toy work(Function<StageContext, Balance> function) {
    return new Toy(name, upstream, tables, identity, function);
  }

  @Override
  public Balance run(StageContext context) {
    return work.apply(context);
  }
}
