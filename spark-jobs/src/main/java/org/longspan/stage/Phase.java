package org.longspan.stage;

/**
 * A phase of a training run: stages of its own that read the tables of stages before them all.
 *
 * @param name lower-case letters, digits and hyphens; the name of its folder in the run directory
 */
public record Phase(String name) {
  /** What stands between the phase and its table. */
  static final char SEPARATOR = '/';

  /** The name of one of its stages, such as {@code pack-64k}. */
  public String stage(String stage) {
    return stage + "-" + name;
  }

  /**
   * The name of one of its tables, such as {@code 64k/sequences}, or of files that are no table.
   */
  public String table(String table) {
    return name + SEPARATOR + table;
  }

  /** A table's name without that of its phase, if it has one. */
  static String withoutPhase(String table) {
    return table.substring(table.indexOf(SEPARATOR) + 1);
  }
}
