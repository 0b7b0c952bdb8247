package org.longspan.conf;

import java.util.List;

/** A configuration that can't run, with everything that is wrong with it. */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  public ConfigurationException(List<Problem> problems) {
    super(String.join(System.lineSeparator(), problems.stream().map(Problem::toString).toList()));
    this.problems = List.copyOf(problems);
  }

  /** Everything that is wrong, in file and line order. */
  public List<Problem> problems() {
    return problems;
  }
}
