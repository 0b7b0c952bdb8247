package org.longspan.stage;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.longspan.run.Balance;

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
