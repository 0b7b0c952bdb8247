package org.longspan.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.longspan.conf.RunConfiguration;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code longspan evaluate}: which scores tell labelled documents, or documents strung together,
 * apart.
 */
@Command(
    name = "evaluate",
    description =
        "Score labelled documents, and show for each scorer how well it tells the labels apart. The configuration's sources map the label into meta: columns { meta { label = FIELD } }. With --concatenations no labels are needed.")
final class EvaluateCommand implements Callable<Integer> {
  private final Runs runs;

  @Spec private CommandSpec command;

  @Mixin private ConfigurationFile configurationFile;

  @ArgGroup private Kinds kinds = new Kinds();

  @Mixin private Session session;

  EvaluateCommand(Runs runs) {
    this.runs = runs;
  }

  @Override
  public Integer call() {
    RunConfiguration configuration = configurationFile.load();
    PrintWriter out = command.commandLine().getOut();
    Runs.Concatenations strung = kinds.concatenations == null ? null : concatenations();
    session.check();
    try (Session spark = session) {
      out.print(
          "\n"
              + (strung == null
                  ? labels(spark, configuration, out)
                  : runs.concatenations(spark, configuration, strung, out::println)));
      out.flush();
    }

    return ExitCode.DONE;
  }

  private String labels(Session spark, RunConfiguration configuration, PrintWriter out) {
    runs.run(spark, configuration, new Runs.Selection(null, "score"), out::println);
    return runs.evaluate(spark, configuration.output(), kinds.labels.label, kinds.labels.good);
  }

  private Runs.Concatenations concatenations() {
    int parts = kinds.concatenations.parts;
    int windows = kinds.concatenations.windows;
    if (parts < 2 || windows < 1) {
      throw new ParameterException(
          command.commandLine(),
          "--concatenations=%d --windows=%d compares nothing: a concatenation is of at least 2 documents, and at least 1 of them is needed."
              .formatted(parts, windows));
    }

    return new Runs.Concatenations(parts, windows);
  }

  /** What is compared: one or the other. */
  private static final class Kinds {
    @ArgGroup(exclusive = false)
    private Labels labels = new Labels();

    @ArgGroup(exclusive = false)
    private Strung concatenations;
  }

  /** Kinds that people have named. */
  private static final class Labels {
    @Option(
        names = "--label",
        paramLabel = "KEY",
        description = "The key of meta that holds the label (default: label).")
    private String label = "label";

    @Option(
        names = "--good",
        paramLabel = "LABEL",
        description = "The label that should score highest (default: genuine).")
    private String good = "genuine";
  }

  /** Windows of one document against windows of several. */
  private static final class Strung {
    @Option(
        names = "--concatenations",
        paramLabel = "N",
        arity = "0..1",
        fallbackValue = "8",
        required = true,
        description =
            "Instead of labels: how often a window of one document outscores one that is strung together of N documents of its domain (8 where N is left out).")
    private int parts;

    @Option(
        names = "--windows",
        paramLabel = "N",
        description = "With --concatenations: windows of each kind in each domain (default: 20).")
    private int windows = 20;
  }
}
