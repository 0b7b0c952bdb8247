package org.longspan.conf;

import com.typesafe.config.ConfigOrigin;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Gathers everything that is wrong with one configuration, so that it is told at once. */
final class Problems {
  private static final Comparator<Problem> ORDER =
      Comparator.<Problem, Boolean>comparing(problem -> problem.source().startsWith("--set "))
          .thenComparing(Problem::source)
          .thenComparingInt(Problem::line);

  private final String source;
  private final Set<Problem> found = new LinkedHashSet<>();

  /**
   * @param source what the user gave; the place of problems that no line of his causes
   */
  Problems(String source) {
    this.source = source;
  }

  void add(String message) {
    found.add(new Problem(source, "", message));
  }

  void add(Problem problem) {
    if (found.stream().noneMatch(told -> inherited(problem).equals(told))) {
      found.add(problem);
    }
  }

  void add(ConfigOrigin origin, String key, String message) {
    add(
        isReference(origin)
            ? new Problem(source, key, message)
            : new Problem(name(origin), Math.max(0, line(origin)), key, message));
  }

  /**
   * The problem as it was told where the value stands, if a phase has it from the run's section.
   */
  private static Problem inherited(Problem problem) {
    return new Problem(
        problem.source(),
        problem.line(),
        problem.key().replaceFirst("phases\\[\\d+]\\.", ""),
        problem.message());
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** Everything so far, files before the command line, each in the order of its lines. */
  List<Problem> all() {
    return found.stream().sorted(ORDER).toList();
  }

  /** Whether a value is the jar's own default and no choice of the user's. */
  static boolean isReference(ConfigOrigin origin) {
    return Configurations.REFERENCE.equals(origin.resource());
  }

  /** A file's name as a person at the terminal would write it. */
  static String name(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    Path here = Path.of("").toAbsolutePath();
    return (absolute.startsWith(here) ? here.relativize(absolute) : absolute).toString();
  }

  private static String name(ConfigOrigin origin) {
    if (origin.resource() != null) {
      return origin.resource();
    }

    if (origin.filename() != null) {
      try {
        return name(Path.of(origin.filename()));
      } catch (InvalidPathException e) {
        return origin.filename();
      }
    }

    return origin.description().replaceFirst(": \\d+$", "");
  }

  /** One text given on the command line has no lines. */
  private static int line(ConfigOrigin origin) {
    return origin.resource() == null && origin.filename() == null ? 0 : origin.lineNumber();
  }
}
