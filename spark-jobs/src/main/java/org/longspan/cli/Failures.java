package org.longspan.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.longspan.conf.ConfigurationException;
import org.longspan.conf.Problem;
import org.longspan.mix.UnfitMixException;
import org.longspan.model.ModelException;
import org.longspan.run.BadInputException;
import org.longspan.stage.StageFailedException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** From what went wrong to a sentence for the user and an exit code for the shell. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
  static final String STACKTRACE = "--stacktrace";

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult arguments) {
    boolean traced = arguments.expandedArgs().contains(STACKTRACE);
    return tell(failure, traced, command.getErr());
  }

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(sentence(failure.getMessage()));
    UnmatchedArgumentException.printSuggestions(failure, err);
    err.printf("%s --help shows what there is.%n", command.getCommandSpec().qualifiedName());
    return ExitCode.USAGE;
  }

  /**
   * Prints what went wrong and gives the exit code for it. What Spark and others wrapped around an
   * exception of ours is left out.
   *
   * @param traced whether to print the stack trace too
   */
  int tell(Throwable failure, boolean traced, PrintWriter err) {
    int code = ExitCode.FAILED;
    Optional<ConfigurationException> configuration = inside(failure, ConfigurationException.class);
    Optional<BadInputException> input = inside(failure, BadInputException.class);
    Optional<StageFailedException> stage = inside(failure, StageFailedException.class);
    Optional<UnfitMixException> unfit = inside(failure, UnfitMixException.class);
    Optional<ModelException> model = inside(failure, ModelException.class);
    if (configuration.isPresent()) {
      code = ExitCode.USAGE;
      tell(configuration.get().problems(), err);
    } else if (input.isPresent()) {
      code = ExitCode.BAD_INPUT;
      err.println(input.get().getMessage());
    } else if (stage.isPresent()) {
      code = unfit.isPresent() ? ExitCode.USAGE : ExitCode.FAILED;
      err.println(stage.get().getMessage());
    } else if (unfit.isPresent()) {
      code = ExitCode.USAGE;
      err.println(unfit.get().getMessage());
    } else if (model.isPresent()) {
      code = ExitCode.USAGE;
      err.println(model.get().getMessage());
    } else {
      err.println("Longspan stopped where it should not: " + innermost(failure));
    }

    if (traced) {
      failure.printStackTrace(err);
    } else if (code == ExitCode.FAILED) {
      err.printf("%s shows where in the program.%n", STACKTRACE);
    }

    err.flush();
    return code;
  }

  private static void tell(List<Problem> problems, PrintWriter err) {
    err.println(
        problems.size() == 1
            ? "Nothing was run, because of a problem:"
            : "Nothing was run, because of %d problems:".formatted(problems.size()));
    problems.forEach(problem -> err.println("  " + problem));
  }

  /** The first exception of a type on the way to the innermost cause. */
  private static <T extends Throwable> Optional<T> inside(Throwable failure, Class<T> type) {
    return causes(failure).stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  private static String innermost(Throwable failure) {
    List<Throwable> causes = causes(failure);
    Throwable cause = causes.get(causes.size() - 1);
    String name = cause.getClass().getSimpleName();
    return cause.getMessage() == null ? name + "." : name + ": " + sentence(cause.getMessage());
  }

  private static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable at = failure; at != null && !causes.contains(at); at = at.getCause()) {
      causes.add(at);
    }

    return causes;
  }

  private static String sentence(String message) {
    return message.matches("(?s).*[.!?]\\s*") ? message.strip() : message.strip() + ".";
  }
}
