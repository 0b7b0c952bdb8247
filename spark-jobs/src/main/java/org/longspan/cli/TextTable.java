package org.longspan.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows of cells as lines that line up in a terminal. */
final class TextTable {
  static final String GAP = "  ";

  private TextTable() {}

  /** The rows, the first column to the left, numbers to the right; each line with a line feed. */
  static String of(List<List<String>> rows) {
    return of(rows, widths(rows));
  }

  /** The same in columns of given widths. */
  static String of(List<List<String>> rows, int[] widths) {
    return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining());
  }

  /** How wide each column must be. */
  static int[] widths(List<List<String>> rows) {
    return IntStream.range(0, rows.get(0).size())
        .map(c -> rows.stream().mapToInt(row -> row.get(c).length()).max().orElse(0))
        .toArray();
  }

  /** A cell with blanks before it; behind it where the width is negative. */
  static String pad(String cell, int width) {
    return String.format(Locale.ROOT, "%" + width + "s", cell);
  }

  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A share of a whole in percent. */
  static String share(long part, long whole) {
    return whole == 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder(pad(row.get(0), -widths[0]));
    for (int c = 1; c < row.size(); c++) {
      line.append(GAP).append(pad(row.get(c), widths[c]));
    }

    return line.toString().stripTrailing() + "\n";
  }
}
