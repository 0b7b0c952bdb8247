package org.longspan.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.longspan.attention.PlantedNeedle;
import org.longspan.attention.RetrievalHeads;
import org.longspan.measure.Haystack;
import org.longspan.measure.NeedleTrials;
import org.longspan.model.CausalLm;
import org.longspan.model.ModelConfig;
import org.longspan.model.ModelDirectory;
import org.longspan.tokenizer.Tokenizer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code longspan model heads}: the heads that are worth reading, for {@code score.ladm.heads}. */
@Command(
    name = "heads",
    description =
        "Find a model's retrieval heads (arXiv 2404.15574): plant needles in a text, ask for them, and see which heads look at a needle's tokens when the model repeats them.")
final class HeadsCommand implements Callable<Integer> {
  /** The place to which a head attends most, as published. */
  private static final int POSITIONS = 1;

  private static final int SHOWN = 5;
  private static final String PLAY = "play/hamlet.xml";

  @Spec private CommandSpec command;

  @Parameters(
      paramLabel = "PATH",
      description = "builtin:starter or a Hugging Face model directory.")
  private String location;

  @Option(
      names = "--needles",
      paramLabel = "N",
      defaultValue = "20",
      description = "Needles, each in a stretch of its own (default: ${DEFAULT-VALUE}).")
  private int needles;

  @Option(
      names = "--length",
      paramLabel = "TOKENS",
      defaultValue = "1024",
      description = "Tokens of a stretch (default: ${DEFAULT-VALUE}).")
  private int length;

  @Option(
      names = "--most",
      paramLabel = "N",
      defaultValue = "8",
      description = "Heads to name at most (default: ${DEFAULT-VALUE}).")
  private int most;

  @Option(
      names = "--least",
      paramLabel = "SCORE",
      defaultValue = "0.1",
      description =
          "The least score, the share of needles that a head copies, above 0 and up to 1 (default: ${DEFAULT-VALUE}, as published).")
  private double least;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Decides which needles are drawn (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--text",
      paramLabel = "FILE",
      description =
          "A text in UTF-8 to plant them in (default: Hamlet, of the quickstart's corpus).")
  private Path text;

  @Option(
      names = "--corpus",
      hidden = true,
      defaultValue = "${sys:longspan.quickstart.corpus}",
      description = "The quickstart's corpus.")
  private Path corpus;

  @Override
  public Integer call() {
    require(needles >= 1, "--needles %d: at least 1 is planted".formatted(needles));
    require(most >= 1, "--most %d: at least 1 head is named".formatted(most));
    require(least > 0 && least <= 1, "--least %s: scores lie above 0 and up to 1".formatted(least));
    ModelDirectory directory = ModelDirectory.resolve(location);
    directory.config().requirePositions(length);
    List<PlantedNeedle> planted = planted(haystack());

    try (CausalLm model = CausalLm.open(directory)) {
      return tell(search(model, planted));
    }
  }

  private List<PlantedNeedle> planted(String haystack) {
    try {
      return new Haystack(Tokenizer.load(location), haystack).needles(needles, length, seed);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  private RetrievalHeads search(CausalLm model, List<PlantedNeedle> planted) {
    ModelConfig config = model.config();
    RetrievalHeads heads = new RetrievalHeads(config.layers(), config.attention().heads());
    NeedleTrials trials = new NeedleTrials(model, POSITIONS);
    long asked = 0;
    long answered = 0;

    for (PlantedNeedle needle : planted) {
      RetrievalHeads.Trial trial = trials.ask(needle);
      heads.add(trial);
      asked += trial.generated().length;
      answered += Arrays.stream(trial.generated()).filter(token -> token >= 0).count();
    }

    PrintWriter out = command.commandLine().getOut();
    out.printf("model     %s%n", location);
    out.printf("needles   %,d, in %,d tokens each%n", planted.size(), length);
    out.printf("repeated  %s of their tokens%n%n", TextTable.share(answered, asked));
    return heads;
  }

  private int tell(RetrievalHeads heads) {
    List<RetrievalHeads.Scored> found =
        heads.ranked().stream().filter(each -> each.score() >= least).limit(most).toList();
    PrintWriter out = command.commandLine().getOut();

    if (found.isEmpty()) {
      out.flush();
      command
          .commandLine()
          .getErr()
          .printf(
              "No head of %s has a score of %s or more; the best are %s. Lower --least, or choose a model that finds needles in %,d tokens.%n",
              location,
              least,
              heads.ranked().stream()
                  .limit(SHOWN)
                  .map(each -> "%s with %s".formatted(each.name(), decimal(each.score())))
                  .collect(Collectors.joining(", ")),
              length);
      return ExitCode.USAGE;
    }

    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("head", "score"));
    found.forEach(each -> rows.add(List.of(each.name(), decimal(each.score()))));
    out.print(TextTable.of(rows));
    out.printf(
        "%nscore.ladm.heads = [%s]%n",
        found.stream().map(each -> '"' + each.name() + '"').collect(Collectors.joining(", ")));
    out.flush();
    return ExitCode.DONE;
  }

  private String haystack() {
    try {
      if (text != null) {
        return Files.readString(text);
      }

      require(
          corpus != null && Files.isRegularFile(corpus.resolve(PLAY)),
          "There is no text to plant needles in: give one by --text FILE, or start by bin/longspan, which makes the quickstart's corpus");
      return Files.readString(corpus.resolve(PLAY))
          .replaceAll("<[^>]*>", "")
          .replaceAll("\\s*\n\\s*", "\n");
    } catch (IOException e) {
      throw new ParameterException(
          command.commandLine(),
          "--text %s cannot be read as UTF-8 text: %s".formatted(text, e.getMessage()),
          e);
    }
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new ParameterException(command.commandLine(), otherwise);
    }
  }

  private static String decimal(double score) {
    return String.format(Locale.ROOT, "%.3f", score);
  }
}
