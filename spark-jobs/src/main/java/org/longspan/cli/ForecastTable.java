package org.longspan.cli;

import static org.longspan.cli.TextTable.number;
import static org.longspan.cli.TextTable.share;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.longspan.mix.Cell;
import org.longspan.mix.MixPlan;
import org.longspan.mix.Supplies;
import org.longspan.mix.Supply;
import org.longspan.plan.CorpusSample;
import org.longspan.plan.PackForecast;
import org.longspan.plan.PhaseForecast;
import org.longspan.plan.RunForecast;
import org.longspan.plan.ScoreForecast;
import org.longspan.plan.SourceSample;
import org.longspan.plan.UpsampleForecast;

/** What a run would do and cost, as text that lines up in a terminal: one table a part. */
final class ForecastTable {
  private static final int LONGEST_SOURCE = 48;
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

  private final RunForecast forecast;

  private ForecastTable(RunForecast forecast) {
    this.forecast = forecast;
  }

  /** The tables; every line ends with a line feed. */
  static String of(RunForecast forecast) {
    return new ForecastTable(forecast).text();
  }

  private String text() {
    StringBuilder text = new StringBuilder(stages());
    forecast.corpus().ifPresent(corpus -> text.append(corpus(corpus)));
    forecast.score().ifPresent(score -> text.append(score(score)));
    forecast.phases().forEach(phase -> text.append(phase(phase)));
    forecast.uncounted().forEach(sentence -> text.append("\n").append(sentence).append("\n"));
    return text.toString();
  }

  private String phase(PhaseForecast phase) {
    StringBuilder text = new StringBuilder();
    phase
        .upsample()
        .ifPresent(upsample -> text.append(upsample(forecast.corpus().get(), upsample)));
    phase.pack().ifPresent(pack -> text.append(pack(pack)));
    return phase.name().isEmpty() || text.isEmpty()
        ? text.toString()
        : "\nphase " + phase.name() + "\n" + text;
  }

  private String stages() {
    int width = forecast.stages().keySet().stream().mapToInt(String::length).max().orElse(0);
    String row = "%-" + Math.max(width, 9) + "s %s\n";
    String lines =
        forecast.stages().entrySet().stream()
            .map(
                stage ->
                    text(
                        row,
                        stage.getKey(),
                        switch (stage.getValue()) {
                          case RUNS -> "would run";
                          case REUSED -> "reused";
                          case NOT_ASKED_FOR -> "not asked for";
                        }))
            .collect(Collectors.joining());
    return forecast.corpus().isPresent() ? lines : lines + "\nThere is nothing to run.\n";
  }

  private String corpus(CorpusSample corpus) {
    return "\n" + extent(corpus) + "\n" + sources(corpus) + quarantine(corpus) + domains(corpus);
  }

  private static String extent(CorpusSample corpus) {
    long bytes = corpus.sources().stream().mapToLong(SourceSample::bytes).sum();
    long read = corpus.sources().stream().mapToLong(SourceSample::bytesRead).sum();
    return corpus.isWhole()
        ? text(
            "Documents and tokens are counts, as the sample is the whole input of %s.\n",
            bytes(bytes))
        : text(
            "All numbers below are estimates from %,d documents in %s of %s (%s %%); --sample reads more.\n",
            corpus.documentsRead(), bytes(read), bytes(bytes), figure(100.0 * read / bytes));
  }

  private static String sources(CorpusSample corpus) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("source", "files", "bytes", "read", "documents", "duplicates", "quarantined"));
    for (SourceSample source : corpus.sources()) {
      rows.add(
          List.of(
              end(source.paths()),
              number(source.files()),
              bytes(source.bytes()),
              figure(100 * source.share()) + " %",
              number(source.whole(source.documents())),
              number(source.whole(source.duplicates())),
              text("%.2f %%", 100 * source.quarantinedShare())));
    }

    return TextTable.of(rows) + "\n";
  }

  private String quarantine(CorpusSample corpus) {
    return corpus.quarantined() <= forecast.maxBadRows()
        ? ""
        : text(
            "The run would stop at ingest: %s%,d input rows are no documents, and input.max-bad-rows allows %,d.\n\n",
            corpus.isWhole() ? "" : "about ", corpus.quarantined(), forecast.maxBadRows());
  }

  private static String domains(CorpusSample corpus) {
    Supplies supplies = corpus.supplies();
    long all = supplies.total().tokens();
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of("domain", "read", "documents", "tokens", "share", longFrom(corpus.longFrom())));
    SortedSet<String> domains = new TreeSet<>();
    supplies.cells().keySet().forEach(cell -> domains.add(cell.domain()));
    for (String domain : domains) {
      Predicate<Cell> here = cell -> cell.domain().equals(domain);
      rows.add(row(domain, corpus.documentsRead(domain), corpus, supplies, here, all));
    }

    rows.add(row("all", corpus.documentsRead(), corpus, supplies, cell -> true, all));
    return TextTable.of(rows);
  }

  private static List<String> row(
      String name,
      long read,
      CorpusSample corpus,
      Supplies supplies,
      Predicate<Cell> here,
      long all) {
    Supply supply = supplies.total(here);
    return List.of(
        name,
        number(read),
        number(supply.documents()),
        number(supply.tokens()),
        share(supply.tokens(), all),
        share(supplies.total(here.and(corpus::isLong)).tokens(), supply.tokens()));
  }

  private static String score(ScoreForecast score) {
    if (score.measurements().isEmpty()) {
      return "\nscore reads text alone: no model is asked.\n";
    }

    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("scorers", "too short", "model tokens", "tokens a second", "core-hours"));
    for (ScoreForecast.Measurement each : score.measurements()) {
      rows.add(
          List.of(
              String.join(", ", each.scorers()),
              text("%.1f %%", 100 * each.tooShort()),
              number(each.passTokens()),
              each.tokensPerSecond() > 0 ? text("%,.0f", each.tokensPerSecond()) : "-",
              hours(each.coreHours())));
    }

    if (score.measurements().size() > 1) {
      rows.add(List.of("all", "", number(score.passTokens()), "", hours(score.coreHours())));
    }

    return "\n" + TextTable.of(rows) + tasks(score);
  }

  private static String tasks(ScoreForecast score) {
    return score.shards() == 0
        ? "No document is long enough to be scored.\n"
        : text(
            "%,d tasks of %,d tokens, %s each at the speed of %s in one task on this machine.\n",
            score.shards(), score.tokensAShard(), duration(score.minutesAShard()), score.model());
  }

  private static String upsample(CorpusSample corpus, UpsampleForecast upsample) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "chosen",
            "rate, short",
            "rate, long",
            "documents",
            "tokens",
            "share",
            longFrom(corpus.longFrom())));
    Predicate<Cell> all = cell -> true;
    for (String domain : upsample.domains()) {
      Predicate<Cell> here = cell -> cell.domain().equals(domain);
      rows.add(
          chosen(
              domain,
              text("%.3f", upsample.rate(here.and(cell -> !corpus.isLong(cell)))),
              text("%.3f", upsample.rate(here.and(corpus::isLong))),
              corpus,
              upsample,
              here));
    }

    rows.add(chosen("all", "", "", corpus, upsample, all));
    return "\n" + TextTable.of(rows) + cut(upsample) + repeated(upsample) + lacking(upsample);
  }

  private static List<String> chosen(
      String name,
      String shorts,
      String longs,
      CorpusSample corpus,
      UpsampleForecast upsample,
      Predicate<Cell> here) {
    Supply chosen = upsample.chosen(here);
    return List.of(
        name,
        shorts,
        longs,
        number(chosen.documents()),
        number(chosen.tokens()),
        share(chosen.tokens(), upsample.plan().tokens()),
        share(upsample.chosen(here.and(corpus::isLong)).tokens(), chosen.tokens()));
  }

  private static String cut(UpsampleForecast upsample) {
    return upsample.kept() == 1
        ? ""
        : text(
            "Before, upsample.cut leaves %.1f %% of the documents of each domain and length.\n",
            100 * upsample.kept());
  }

  private static String repeated(UpsampleForecast upsample) {
    int cells = upsample.plan().repeatedMuch().size();
    return cells == 0
        ? ""
        : text("%,d cells are taken more than %.0f times.\n", cells, MixPlan.HARMLESS_EPOCHS);
  }

  private static String lacking(UpsampleForecast upsample) {
    if (upsample.plan().shortages().isEmpty()) {
      return "";
    }

    return upsample.plan().shortages().text()
        + (upsample.stops()
            ? "\nThe run would stop at upsample, as upsample.infeasible = fail; the numbers are those of renormalise.\n"
            : text(
                "\nThe numbers are those of upsample.infeasible = %s.\n",
                upsample.policy().label()));
  }

  private static String pack(PackForecast pack) {
    String sequences =
        text(
            "\nsequences  N = %,d of L = %,d tokens at least: (%,d tokens + %,d separators) / L\n",
            pack.sequences(), pack.sequenceLength(), pack.tokens(), pack.separators());
    return pack.formats().stream()
        .map(format -> text("%-9s  %s: %s\n", format, bytes(pack.bytes(format)), by(pack, format)))
        .collect(Collectors.joining("", sequences, ""));
  }

  private static String by(PackForecast pack, String format) {
    return format.equals("megatron")
        ? text("N (%d L + 20) + 42 bytes", pack.megatronTokenBytes())
        : text("N L %d / 8 bytes before compression, ids in %<d bits", pack.parquetTokenBits());
  }

  private static String longFrom(int tokens) {
    return text("long, >= %,d", tokens);
  }

  private static String hours(double hours) {
    return Double.isNaN(hours) ? "-" : figure(hours);
  }

  private static String duration(double minutes) {
    if (Double.isNaN(minutes)) {
      return "an unknown time";
    }

    return minutes < 1 ? figure(60 * minutes) + " seconds" : figure(minutes) + " minutes";
  }

  /** Two figures at least. */
  private static String figure(double value) {
    return text(value >= 10 ? "%,.0f" : value >= 1 ? "%.1f" : "%.2g", value);
  }

  private static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }

    return unit == 0 ? text("%d B", bytes) : text("%.1f %s", value, UNITS[unit]);
  }

  /** The end of a long path, which tells sources apart. */
  private static String end(String paths) {
    return paths.length() <= LONGEST_SOURCE
        ? paths
        : "..." + paths.substring(paths.length() - LONGEST_SOURCE + 3);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
