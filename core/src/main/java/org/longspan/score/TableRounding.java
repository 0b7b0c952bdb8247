package org.longspan.score;

import java.util.Arrays;

/**
 * Rounds a table of fractions to whole numbers at random, so that each cell is rounded up as often
 * as its fraction says and the sums of each row and each column are rounded up or down as well
 * (dependent rounding: Gandhi, Khuller, Parthasarathy, Srinivasan, J. ACM 53, 2006).
 *
 * <p>While fractions are left, some of them form a cycle that alternates between rows and columns.
 * Adding to every other of its cells what is taken from the rest keeps all sums; the amount is the
 * one that makes a first cell whole, in one of the two directions, drawn so that no cell's
 * expectation moves. Column sums must be whole; a column of slack makes the row sums whole too.
 *
 * <p>Cost: each cycle settles a cell and visits a column twice at most, so O(cells × columns) time.
 */
final class TableRounding {
  private static final double NEGLIGIBLE = 1e-6;

  private final int columns;
  private final int rows;
  private final double[][] table;
  private final int[][] open;
  private final int[] opened;
  private final int[] place;
  private final int[] visited;
  private final int[] path;
  private final Draws draws;

  private TableRounding(double[][] expected, Draws draws) {
    this.columns = expected.length + 1;
    this.rows = expected[0].length;
    this.table = Arrays.copyOf(expected, columns);
    this.table[columns - 1] = slack(expected);
    this.open = new int[columns][rows];
    this.opened = new int[columns];
    this.place = new int[rows + columns];
    this.visited = new int[rows + columns];
    this.path = new int[rows + columns];
    this.draws = draws;
    Arrays.fill(place, -1);

    for (int c = 0; c < columns; c++) {
      for (int r = 0; r < rows; r++) {
        if (isOpen(c, r)) {
          open[c][opened[c]++] = r;
        }
      }
    }
  }

  /**
   * @param expected by column and row, at least 0, every column with a whole sum
   */
  static int[][] round(double[][] expected, Draws draws) {
    TableRounding rounding =
        new TableRounding(
            Arrays.stream(expected).map(double[]::clone).toArray(double[][]::new), draws);
    rounding.settle();
    return Arrays.stream(rounding.table)
        .limit(expected.length)
        .map(column -> Arrays.stream(column).mapToInt(cell -> (int) Math.rint(cell)).toArray())
        .toArray(int[][]::new);
  }

  private static double[] slack(double[][] expected) {
    double[] slack = new double[expected[0].length];

    for (int r = 0; r < slack.length; r++) {
      double sum = 0;

      for (double[] column : expected) {
        sum += column[r];
      }

      slack[r] = Math.ceil(sum - NEGLIGIBLE) - sum;
    }

    return slack;
  }

  private void settle() {
    for (int r = 0; r < rows; r++) {
      while (openColumn(r, -1) >= 0) {
        shift(cycle(r));
      }
    }
  }

  /**
   * The cells of a cycle, in turn along rows and columns: walks along open cells until a row or
   * column comes up a second time. Rows are numbered from 0, columns after them.
   */
  private int[] cycle(int startRow) {
    int length = 0;
    int before = -1;
    int at = startRow;

    while (place[at] < 0) {
      place[at] = length;
      visited[length] = at;
      int next = at < rows ? rows + openColumn(at, before - rows) : openRow(at - rows, before);
      path[length] = at < rows ? cell(next - rows, at) : cell(at - rows, next);
      length++;
      before = at;
      at = next;
    }

    int[] cycle = Arrays.copyOfRange(path, place[at], length);

    for (int i = 0; i < length; i++) {
      place[visited[i]] = -1;
    }

    return cycle;
  }

  private void shift(int[] cycle) {
    double up = 1;
    double down = 1;

    for (int i = 0; i < cycle.length; i++) {
      double fraction = fraction(cycle[i]);
      up = Math.min(up, i % 2 == 0 ? 1 - fraction : fraction);
      down = Math.min(down, i % 2 == 0 ? fraction : 1 - fraction);
    }

    double step = draws.unit() * (up + down) < down ? up : -down;

    for (int i = 0; i < cycle.length; i++) {
      table[cycle[i] / rows][cycle[i] % rows] += i % 2 == 0 ? step : -step;
    }
  }

  private int cell(int column, int row) {
    return column * rows + row;
  }

  private double fraction(int cell) {
    double value = table[cell / rows][cell % rows];
    return value - Math.floor(value);
  }

  private boolean isOpen(int column, int row) {
    double value = table[column][row];
    return Math.abs(value - Math.rint(value)) > NEGLIGIBLE;
  }

  /** A column in which the row's cell is open, but not this one; -1 if there is none. */
  private int openColumn(int row, int but) {
    for (int c = 0; c < columns; c++) {
      if (c != but && isOpen(c, row)) {
        return c;
      }
    }

    return -1;
  }

  /**
   * A row in which the column's cell is open, but not this one. Whole sums see that there is one.
   */
  private int openRow(int column, int but) {
    int[] stack = open[column];

    while (!isOpen(column, stack[opened[column] - 1])) {
      opened[column]--;
    }

    int top = opened[column] - 1;

    if (stack[top] != but) {
      return stack[top];
    }

    int other = top - 1;

    while (!isOpen(column, stack[other])) {
      other--;
    }

    int row = stack[other];
    stack[other] = stack[top - 1];
    stack[top - 1] = row;
    return row;
  }
}
