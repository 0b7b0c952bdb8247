package org.longspan.stage;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.longspan.action.JobDescription;
import org.longspan.conf.ConfigurationException;
import org.longspan.run.BadInputException;
import org.longspan.run.Balance;
import org.longspan.run.CommitRecord;
import org.longspan.run.Counts;
import org.longspan.run.Manifest;
import org.longspan.run.RunResult;
import org.longspan.run.RunWriter;
import org.longspan.run.StageReport;
import org.longspan.run.StageReport.Outcome;

/**
 * Runs stages in their order in one run directory. A stage whose commit has the fingerprint that it
 * would have now is reused; the others run, are held to the laws, and commit one by one.
 */
public final class Pipeline {
  private final SparkSession spark;
  private final RunWriter run;
  private final Manifest manifest;
  private final List<Stage> stages;
  private StageRange range = StageRange.all();
  private Consumer<String> terminal = line -> {};

  /**
   * A pipeline that has not run yet.
   *
   * @param manifest configuration, versions and seed; its stages are filled in as they commit
   */
  public Pipeline(SparkSession spark, RunWriter run, Manifest manifest, List<Stage> stages) {
    this.spark = spark;
    this.run = run;
    this.manifest = manifest;
    this.stages = List.copyOf(stages);
  }

  /** Which stages to run; without this all that must. */
  public Pipeline range(StageRange stageRange) {
    this.range = stageRange;
    return this;
  }

  /** Who is told a line a stage, and in a long stage more; without this nobody. */
  public Pipeline progress(Consumer<String> lines) {
    this.terminal = lines;
    return this;
  }

  /**
   * Runs what must run.
   *
   * @throws ConfigurationException where the range or what a stage reads is wrong
   * @throws BadInputException where too many input rows are no documents
   * @throws StageFailedException where a stage fails or breaks a law; earlier stages stay committed
   */
  public RunResult run() {
    Instant started = Instant.now();
    RunPlan plan =
        RunPlan.of(stages, manifest.code(), manifest.seed(), range, run.directory()::isCommitted);
    Set<String> ran = new HashSet<>();
    Set<String> names = plan.steps().stream().map(RunPlan.Step::name).collect(Collectors.toSet());
    run.retire(names)
        .forEach(
            gone ->
                terminal.accept(
                    plan.line(gone, "removed: the configuration has no such stage any more")));
    for (RunPlan.Step step : plan.steps()) {
      switch (step.decision()) {
        case REUSE -> terminal.accept(plan.line(step, "reused"));
        case RUN -> {
          run(plan, step);
          ran.add(step.name());
          run.write(manifest.withStages(reports(plan, ran)));
        }
        case LATER -> {}
      }
    }

    List<StageReport> reports = reports(plan, ran);
    run.write(manifest.withStages(reports));
    List<StageReport> asked =
        reports.stream()
            .filter(r -> r.outcome() == Outcome.RAN || r.outcome() == Outcome.REUSED)
            .toList();
    return new RunResult(run.directory().path(), asked, Duration.between(started, Instant.now()));
  }

  private void run(RunPlan plan, RunPlan.Step step) {
    run.discard(step.name());
    StageRun context = new StageRun(spark, run, plan, step, manifest.seed(), terminal);
    try (JobDescription named = new JobDescription(spark, step.name())) {
      CommitRecord record = execute(step, context);
      run.commit(record);
      terminal.accept(plan.line(step, done(record)));
    } catch (BadInputException e) {
      throw context.hasWritten(Tables.QUARANTINE)
          ? e.quarantinedAt(run.publish(step.name(), Tables.QUARANTINE))
          : e;
    } catch (ConfigurationException e) {
      throw e;
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare.
      throw failed(step, e);
    } finally {
      run.discard(step.name());
    }
  }

  private CommitRecord execute(RunPlan.Step step, StageRun context) {
    Instant started = Instant.now();
    Balance balance = step.stage().run(context);
    for (String table : step.stage().tables()) {
      if (!context.hasWritten(table)) {
        throw new IllegalStateException("It did not write its table " + table + ".");
      }
    }

    hold(step, balance, context);
    Instant finished = Instant.now();
    return new CommitRecord(
        step.name(),
        UUID.randomUUID().toString().substring(0, 8),
        step.fingerprint(),
        step.upstream(),
        balance,
        context.figures(),
        context.artifacts(),
        Duration.between(started, finished).toMillis() / 1000.0,
        iso(started),
        iso(finished));
  }

  private static void hold(RunPlan.Step step, Balance balance, StageRun context) {
    SortedMap<String, Counts> drops =
        context.describe(
            "check the balance", () -> Conservation.count(step.name(), context.drops()));
    Conservation.breach(balance, drops)
        .ifPresent(
            breach -> {
              throw new IllegalStateException(breach);
            });
  }

  private List<StageReport> reports(RunPlan plan, Set<String> ran) {
    List<StageReport> reports = new ArrayList<>();
    for (RunPlan.Step step : plan.steps()) {
      run.directory()
          .commit(step.name())
          .ifPresent(commit -> reports.add(new StageReport(commit, outcome(step, commit, ran))));
    }

    return reports;
  }

  private static Outcome outcome(RunPlan.Step step, CommitRecord commit, Set<String> ran) {
    if (ran.contains(step.name())) {
      return Outcome.RAN;
    }

    if (!commit.fingerprint().equals(step.fingerprint())) {
      return Outcome.STALE;
    }

    return step.decision() == RunPlan.Decision.REUSE ? Outcome.REUSED : Outcome.KEPT;
  }

  private StageFailedException failed(RunPlan.Step step, Exception cause) {
    List<String> kept =
        stages.stream().map(Stage::name).takeWhile(name -> !name.equals(step.name())).toList();
    String finished =
        kept.isEmpty()
            ? ""
            : " The finished stages are kept (" + String.join(", ", kept) + ") and will be reused.";
    return new StageFailedException(
        "Stage " + step.name() + " failed: " + reason(cause) + finished, cause);
  }

  /**
   * What a stage itself says, whole; of anything else the first line of the innermost message,
   * since what Spark puts around it names tasks and hosts.
   */
  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof StageFailedException)) {
      cause = cause.getCause();
    }

    if (cause instanceof StageFailedException) {
      return cause.getMessage();
    }

    String message =
        cause.getMessage() == null || cause.getMessage().isBlank()
            ? cause.getClass().getName()
            : cause.getMessage().strip().lines().findFirst().orElseThrow();
    return message.matches(".*[.!?]") ? message : message + ".";
  }

  private static String done(CommitRecord record) {
    Balance balance = record.balance();
    long dropped =
        balance.dropped().values().stream().mapToLong(counts -> counts.documents()).sum();
    StringBuilder line =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "done in %.1f s, %,d documents",
                record.seconds(),
                balance.out().documents()));
    if (balance.out().tokens() > 0) {
      line.append(String.format(Locale.ROOT, ", %,d tokens", balance.out().tokens()));
    }

    if (dropped > 0) {
      line.append(String.format(Locale.ROOT, ", %,d dropped", dropped));
    }

    return line.toString();
  }

  private static String iso(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
