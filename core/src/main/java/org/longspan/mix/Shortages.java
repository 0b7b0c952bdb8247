package org.longspan.mix;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The cells that lack tokens, and what can be done about them.
 *
 * @param cells in order; none: every target is met
 * @param maxEpochs how often a document may be taken at most
 * @param wantedTokens of all cells of the corpus
 * @param shrunkTokens those that {@link Infeasible#SHRINK} chooses
 * @param renormalisedTokens those that {@link Infeasible#RENORMALISE} chooses
 */
public record Shortages(
    List<Shortage> cells,
    double maxEpochs,
    long wantedTokens,
    long shrunkTokens,
    long renormalisedTokens) {
  /** Every target is met. */
  public static final Shortages NONE = new Shortages(List.of(), 0, 0, 0, 0);

  private static final int MOST_ROWS = 40;

  public Shortages {
    cells = List.copyOf(cells);
  }

  public boolean isEmpty() {
    return cells.isEmpty();
  }

  /** A table for a terminal with the numbers of each policy, and below it the ways out. */
  public String text() {
    return text(
            "%,d %s not have the tokens that upsample asks for, with each document taken at most %s times (upsample.max-epochs):%n",
            cells.size(), cells.size() == 1 ? "cell can" : "cells can", maxEpochs)
        + table()
        + wayOut();
  }

  private String table() {
    List<String[]> rows = new ArrayList<>();
    rows.add(
        new String[] {
          "cell", "wanted", "available", "missing", "shrink gives", "share", "renormalise", "share"
        });
    cells.stream().limit(MOST_ROWS).forEach(shortage -> rows.add(row(shortage)));
    rows.add(
        new String[] {
          "all cells",
          number(wantedTokens),
          "",
          number(cells.stream().mapToLong(Shortage::missing).sum()),
          number(shrunkTokens),
          "",
          number(renormalisedTokens),
          ""
        });
    int[] widths =
        IntStream.range(0, rows.get(0).length)
            .map(c -> rows.stream().mapToInt(row -> row[c].length()).max().orElse(0))
            .toArray();
    StringBuilder table = new StringBuilder();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder(text("  %-" + widths[0] + "s", row[0]));

      for (int c = 1; c < row.length; c++) {
        line.append(text("  %" + widths[c] + "s", row[c]));
      }

      table.append(line.toString().stripTrailing()).append(text("%n"));
    }

    if (cells.size() > MOST_ROWS) {
      table.append(text("  and %,d cells more%n", cells.size() - MOST_ROWS));
    }

    return table.toString();
  }

  private static String[] row(Shortage shortage) {
    return new String[] {
      shortage.cell().toString(),
      number(shortage.wanted()),
      number(shortage.available()),
      number(shortage.missing()),
      number(shortage.shrunk().tokens()),
      percent(shortage.shrunk().share()),
      number(shortage.renormalised().tokens()),
      percent(shortage.renormalised().share())
    };
  }

  private String wayOut() {
    String fewer =
        shrunkTokens == 0
            ? "A cell that should have tokens is empty, so shrink chooses none: ask less of it (upsample.long-from, long-share, lengths, weights, table)"
            : text(
                "Set upsample.tokens to at most %,d, which has every share (or upsample.infeasible = shrink)",
                shrunkTokens);
    return fewer
        + ", raise upsample.max-epochs, or set upsample.infeasible = renormalise, which goes as near to the shares as the corpus allows.";
  }

  private static String number(long tokens) {
    return text("%,d", tokens);
  }

  private static String percent(double share) {
    return text("%.1f %%", 100 * share);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
