package org.longspan.stage;

import java.util.List;
import java.util.SortedMap;
import org.longspan.run.Balance;

/** One step of a run. */
public interface Stage {
  /** The name in {@code --from}, {@code --to}, the manifest and the drops. */
  String name();

  /** The stages whose tables this one reads; their fingerprints are part of this one's. */
  List<String> upstream();

  /** The tables that this stage writes, besides {@code drops}. */
  List<String> tables();

  /**
   * Everything else that decides the output: configuration values, the fingerprints of input files
   * and of the model's files, by name. Two runs with equal identities and equal upstream
   * fingerprints write the same tables.
   */
  SortedMap<String, String> identity();

  /**
   * Whether chance has a part in the output, so that another seed gives other tables. Only such a
   * stage may ask for the {@linkplain StageContext#seed() seed}.
   */
  default boolean seeded() {
    return false;
  }

  /** Writes the tables and says what went in and out. */
  Balance run(StageContext context);
}
