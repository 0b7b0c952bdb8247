package org.longspan.stage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import org.longspan.conf.ConfigurationException;
import org.longspan.conf.Problem;
import org.longspan.run.Fingerprint;

/**
 * What a run will do about each stage. Fingerprints depend on what goes in, never on what comes
 * out, so that all is decided before anything runs.
 *
 * @param steps one a stage, in order
 */
public record RunPlan(List<Step> steps) {
  private static final int NAME_WIDTH = 9;
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

  public RunPlan {
    steps = List.copyOf(steps);
  }

  /**
   * A stage and what is decided about it.
   *
   * @param upstream the fingerprints of the stages that it reads
   * @param identity all else that decides its output, asked once
   */
  public record Step(
      Stage stage,
      SortedMap<String, String> identity,
      SortedMap<String, String> upstream,
      String fingerprint,
      Decision decision) {
    public String name() {
      return stage.name();
    }
  }

  /** What is done about a stage. */
  public enum Decision {
    /** It runs. */
    RUN,
    /** Its commit holds. */
    REUSE,
    /** It comes after the last one asked for. */
    LATER
  }

  /**
   * Decides.
   *
   * @param code the version of the code
   * @param seed the run's seed, which enters the fingerprints of seeded stages alone
   * @param committed whether a stage is committed with a fingerprint, and its tables are there
   * @throws ConfigurationException where the range names no stages, or starts after one that is not
   *     committed
   */
  public static RunPlan of(
      List<Stage> stages,
      String code,
      long seed,
      StageRange range,
      BiPredicate<String, String> committed) {
    requireOrder(stages);
    int from = range.from().map(name -> index(stages, "--from", name)).orElse(stages.size());
    int to = range.to().map(name -> index(stages, "--to", name)).orElse(stages.size() - 1);
    if (range.from().isPresent() && from > to) {
      throw refusal(
          "--from",
          range.from().get(),
          "This stage comes after " + stages.get(to).name() + ", with which --to ends the run.");
    }

    Map<String, String> fingerprints = new HashMap<>();
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < stages.size(); i++) {
      Stage stage = stages.get(i);
      SortedMap<String, String> upstream = new TreeMap<>();
      stage.upstream().forEach(name -> upstream.put(name, fingerprints.get(name)));
      SortedMap<String, String> identity = new TreeMap<>(stage.identity());
      if (stage.seeded()) {
        identity.put("seed", Long.toString(seed));
      }

      String fingerprint = fingerprint(stage.name(), code, identity, upstream);
      fingerprints.put(stage.name(), fingerprint);

      boolean holds = committed.test(stage.name(), fingerprint);
      if (range.from().isPresent() && i < from && !holds) {
        throw refusal(
            "--from",
            range.from().get(),
            "Stage "
                + stage.name()
                + " before it is not finished with these inputs, settings and version of Longspan."
                + " Run without --from: what is finished is reused.");
      }

      Decision decision =
          i > to ? Decision.LATER : holds && i < from ? Decision.REUSE : Decision.RUN;
      steps.add(new Step(stage, identity, upstream, fingerprint, decision));
    }

    return new RunPlan(steps);
  }

  /** What a stage tells the terminal: its name, then a line, below those of the others. */
  String line(Step step, String line) {
    return line(step.name(), line);
  }

  /** The same of a stage that this run does not have. */
  String line(String stage, String line) {
    int width = steps.stream().mapToInt(each -> each.name().length()).max().orElse(0);
    return String.format(Locale.ROOT, "%-" + Math.max(width, NAME_WIDTH) + "s %s", stage, line);
  }

  /** The stage that writes a table. */
  Optional<String> writerOf(String table) {
    return steps.stream()
        .filter(step -> step.stage().tables().contains(table))
        .map(Step::name)
        .findFirst();
  }

  private static String fingerprint(
      String stage,
      String code,
      SortedMap<String, String> identity,
      SortedMap<String, String> upstream) {
    SortedMap<String, String> values = new TreeMap<>();
    values.put("stage", stage);
    values.put("code", code);
    identity.forEach((name, value) -> values.put("identity " + name, value));
    upstream.forEach((name, value) -> values.put("upstream " + name, value));
    return Fingerprint.of(values);
  }

  private static void requireOrder(List<Stage> stages) {
    if (stages.isEmpty()) {
      throw new IllegalArgumentException("A run needs at least one stage.");
    }

    Set<String> before = new HashSet<>();
    Set<String> tables = new HashSet<>();
    for (Stage stage : stages) {
      if (!NAME.matcher(stage.name()).matches()) {
        throw new IllegalArgumentException(
            "A stage's name has lower-case letters, digits and -, unlike " + stage.name() + ".");
      }

      if (!before.containsAll(stage.upstream())) {
        throw new IllegalArgumentException(
            "Stage "
                + stage.name()
                + " reads "
                + stage.upstream()
                + ", of which not all precede it.");
      }

      if (!before.add(stage.name())) {
        throw new IllegalArgumentException("There are two stages " + stage.name() + ".");
      }

      for (String table : stage.tables()) {
        if (!tables.add(table)) {
          throw new IllegalArgumentException("Two stages write the table " + table + ".");
        }
      }
    }
  }

  private static int index(List<Stage> stages, String option, String name) {
    List<String> names = stages.stream().map(Stage::name).toList();
    int index = names.indexOf(name);
    if (index < 0) {
      throw refusal(
          option, name, "There is no such stage. The stages are " + String.join(", ", names) + ".");
    }

    return index;
  }

  private static ConfigurationException refusal(String option, String name, String message) {
    return new ConfigurationException(List.of(new Problem(option, name, message)));
  }
}
