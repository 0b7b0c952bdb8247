package org.longspan.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.longspan.cli.RunSummary.Amount;
import org.longspan.cli.RunSummary.Domain;
import org.longspan.run.Counts;

/** A run's summary as text that lines up in a terminal. */
final class SummaryTable {
  private final RunSummary.Phase phase;

  private SummaryTable(RunSummary.Phase phase) {
    this.phase = phase;
  }

  /** The tables, one a phase; every line ends with a line feed. */
  static String of(RunSummary summary) {
    String phases =
        summary.phases().stream()
            .map(phase -> new SummaryTable(phase).text())
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining("\n"));
    return phases
        + schedule(summary.schedule())
        + dropped(summary.dropped())
        + report(summary.report());
  }

  private String text() {
    String text = domains() + sequences();
    return phase.name().isEmpty() || text.isEmpty() ? text : "phase " + phase.name() + "\n" + text;
  }

  private String domains() {
    if (phase.domains().isEmpty()) {
      return "";
    }

    Domain all = new Domain("all", total(Domain::before), total(Domain::after));
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "domain", "before", "after", "before", "after", "before", "after", "before", "after"));
    phase.domains().forEach(domain -> rows.add(row(domain, all)));
    rows.add(row(all, all));
    int[] widths = TextTable.widths(rows);
    return headings(widths) + TextTable.of(rows, widths) + "\n";
  }

  /** What each pair of columns is about, above it. */
  private String headings(int[] widths) {
    List<String> headings =
        List.of(
            "documents",
            "tokens",
            "share of domain",
            String.format(Locale.ROOT, "long, >= %,d", phase.longFrom()));
    StringBuilder line = new StringBuilder(" ".repeat(widths[0]));
    for (int pair = 0; pair < headings.size(); pair++) {
      int second = 2 * pair + 2;
      int width = widths[second - 1] + TextTable.GAP.length() + widths[second];
      String heading = headings.get(pair);
      widths[second] += Math.max(0, heading.length() - width);
      line.append(TextTable.GAP).append(TextTable.pad(heading, Math.max(width, heading.length())));
    }

    return line + "\n";
  }

  private static List<String> row(Domain domain, Domain all) {
    Amount before = domain.before();
    Amount after = domain.after();
    return List.of(
        domain.name(),
        TextTable.number(before.documents()),
        TextTable.number(after.documents()),
        TextTable.number(before.tokens()),
        TextTable.number(after.tokens()),
        TextTable.share(before.tokens(), all.before().tokens()),
        TextTable.share(after.tokens(), all.after().tokens()),
        TextTable.share(before.longTokens(), before.tokens()),
        TextTable.share(after.longTokens(), after.tokens()));
  }

  private Amount total(Function<Domain, Amount> side) {
    return phase.domains().stream().map(side).reduce(Amount.NOTHING, Amount::plus);
  }

  private String sequences() {
    if (phase.sequences() == 0) {
      return "";
    }

    return String.format(
        Locale.ROOT,
        "sequences  %,d of %s tokens, %.2f %% filled by documents%n",
        phase.sequences(),
        phase.sequenceLength(),
        100 * phase.fill());
  }

  private static String schedule(RunSummary.Schedule schedule) {
    if (schedule.steps() == 0) {
      return "";
    }

    return String.format(
        Locale.ROOT,
        "schedule   %,d steps, sequences of %s, the dearest %.3f times the mean of its length%n",
        schedule.steps(),
        schedule.lengths() == 1 ? "one length" : "%,d lengths".formatted(schedule.lengths()),
        schedule.imbalance());
  }

  private static String dropped(SortedMap<String, Counts> dropped) {
    if (dropped.isEmpty()) {
      return "dropped    nothing\n";
    }

    Counts all = dropped.values().stream().reduce(Counts.NONE, Counts::plus);
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("dropped", "documents", "tokens"));
    dropped.forEach((reason, counts) -> rows.add(row(reason, counts)));
    if (dropped.size() > 1) {
      rows.add(row("all", all));
    }

    return "\n" + TextTable.of(rows) + "\n";
  }

  private static List<String> row(String reason, Counts counts) {
    return List.of(reason, TextTable.number(counts.documents()), TextTable.number(counts.tokens()));
  }

  private static String report(String path) {
    return path == null ? "" : "report     " + path + "\n";
  }
}
