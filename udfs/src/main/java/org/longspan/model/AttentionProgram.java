package org.longspan.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.longspan.attention.AttentionReadings;
import org.longspan.attention.AttentionView;
import org.longspan.attention.DistanceMasses;
import org.longspan.attention.FarMasses;
import org.longspan.attention.Heads;
import org.longspan.attention.QueryBlocks;
import org.longspan.attention.ResponseMasses;
import org.longspan.attention.Sampled;
import org.longspan.attention.SpanMasses;
import org.longspan.attention.TopPositions;

/**
 * Views of a window's attention in the numbers that {@code decoder.pt} reads, and its sums as what
 * the views show. {@code Views} in decoder.py says what the numbers mean.
 */
final class AttentionProgram {
  private static final int BY_SPAN = 0;
  private static final int BY_SPAN_OF_EARLIER = 1;
  private static final int BY_DISTANCE = 2;
  private static final int BEYOND = 3;
  private static final int TOP = 4;

  private final int before;
  private final List<Part<?>> parts;
  private final List<Reading> readings;

  private AttentionProgram(int before, List<Part<?>> parts) {
    this.before = before;
    this.parts = parts;
    this.readings = parts.stream().flatMap(part -> part.readings().stream()).toList();
  }

  /**
   * @param views at least one; each fits a window of so many tokens
   * @param before tokens of the row that stand before the window
   * @param length tokens of the window
   * @throws IllegalArgumentException if a view does not fit, or the model lacks a layer or a head
   */
  static AttentionProgram of(
      Collection<? extends AttentionView<?>> views, int before, int length, ModelConfig config) {
    if (views.isEmpty()) {
      throw new IllegalArgumentException("No view of the attention is asked for.");
    }

    List<Part<?>> parts = new ArrayList<>();

    for (AttentionView<?> view : views) {
      if (!fits(view, length)) {
        throw new IllegalArgumentException(
            "A window of %d tokens cannot show %s: choose a window that is whole spans, more than one, and longer than the view's distance or response."
                .formatted(length, view));
      }

      parts.add(part(view, length, config));
    }

    return new AttentionProgram(before, parts);
  }

  /** Whether a window of so many tokens can show a view. */
  static boolean fits(AttentionView<?> view, int length) {
    if (view instanceof SpanMasses masses) {
      return length % masses.span() == 0 && length > masses.span();
    }

    if (view instanceof DistanceMasses masses) {
      return length > 1 && length % masses.span() == 0;
    }

    if (view instanceof FarMasses masses) {
      return length > masses.distance();
    }

    if (view instanceof TopPositions top) {
      return length >= top.queries();
    }

    if (view instanceof Sampled<?> sampled) {
      return fits(sampled.view(), length);
    }

    ResponseMasses masses = (ResponseMasses) view;
    return length - masses.response() >= masses.segment();
  }

  /** Tokens of the row that stand before the window. */
  int before() {
    return before;
  }

  /** Whether no layer but the first is read. */
  boolean ofFirstLayer() {
    return readings.stream().allMatch(reading -> reading.layer() == 0);
  }

  /** The readings, in the order of the sums. */
  long[][] readings() {
    return readings.stream().map(Reading::numbers).toArray(long[][]::new);
  }

  /** Stretches of queries that the same rows are read of. */
  long[][] stretches() {
    List<long[]> all = new ArrayList<>();
    readings.stream().map(Reading::layer).distinct().forEach(layer -> addStretches(layer, all));
    return all.toArray(long[][]::new);
  }

  /**
   * What the views show.
   *
   * @param sums of each reading [rows][columns]
   * @throws ModelException if a sum is not finite
   */
  AttentionReadings read(List<double[][]> sums) {
    AttentionReadings read = AttentionReadings.NONE;
    int from = 0;

    for (Part<?> part : parts) {
      int to = from + part.readings().size();
      read = part.addTo(read, sums.subList(from, to));
      from = to;
    }

    return read;
  }

  private void addStretches(int layer, List<long[]> into) {
    TreeSet<Integer> borders = new TreeSet<>();

    for (Reading reading : readings) {
      if (reading.layer() == layer) {
        reading.queries().values().forEach(each -> borders.addAll(List.of(each.first, each.end)));
      }
    }

    long[] previous = {};

    for (int first : borders) {
      Integer end = borders.higher(first);

      if (end == null) {
        break;
      }

      LongStream.Builder stretch = LongStream.builder().add(layer).add(first).add(end);

      for (int i = 0; i < readings.size(); i++) {
        if (readings.get(i).layer() == layer) {
          readings.get(i).addRow(i, first, stretch);
        }
      }

      long[] numbers = stretch.build().toArray();

      if (numbers.length == 3) {
        continue;
      }

      if (continues(previous, numbers)) {
        previous[2] = end;
      } else {
        into.add(numbers);
        previous = numbers;
      }
    }
  }

  private static boolean continues(long[] previous, long[] next) {
    return previous.length == next.length
        && previous[2] == next[1]
        && Arrays.equals(previous, 3, previous.length, next, 3, next.length);
  }

  private static Part<?> part(AttentionView<?> view, int length, ModelConfig config) {
    if (view instanceof SpanMasses masses) {
      return spans(masses, length, config);
    }

    if (view instanceof DistanceMasses masses) {
      return distances(masses, length, config);
    }

    if (view instanceof FarMasses masses) {
      return far(masses, length, config);
    }

    if (view instanceof TopPositions top) {
      return top(top, length, config);
    }

    if (view instanceof Sampled<?> sampled) {
      return sampled.view() instanceof FarMasses masses
          ? farOf(sampled, masses, length, config)
          : distancesOf(sampled, (DistanceMasses) sampled.view(), length, config);
    }

    return response((ResponseMasses) view, length, config);
  }

  private static Part<double[][][]> spans(SpanMasses view, int length, ModelConfig config) {
    int[] spans = view.queries(length);
    NavigableMap<Integer, Queries> queries = new TreeMap<>();

    for (int row = 0; row < spans.length; row++) {
      int first = spans[row] * view.span();
      queries.put(first, new Queries(first, first + view.span(), row));
    }

    int kind = view.keys() == SpanMasses.Keys.CAUSAL ? BY_SPAN : BY_SPAN_OF_EARLIER;
    Sums sums = new Sums(kind, view.span(), spans.length, length / view.span(), 1);
    return new Part<>(
        view,
        layers(view.heads(), config, sums, queries),
        layers ->
            layers.stream()
                .map(
                    rows ->
                        IntStream.range(0, spans.length)
                            .mapToObj(row -> Arrays.copyOf(rows[row], spans[row] + 1))
                            .toArray(double[][]::new))
                .toArray(double[][][]::new));
  }

  private static Part<double[][]> distances(DistanceMasses view, int length, ModelConfig config) {
    NavigableMap<Integer, Queries> queries = new TreeMap<>();

    long stride = (long) view.span() * view.every();

    for (int end = length; end > 0; end -= (int) Math.min(end, stride)) {
      queries.put(end - view.span(), new Queries(end - view.span(), end, 0));
    }

    int read = queries.size() * view.span();
    Sums sums = new Sums(BY_DISTANCE, view.sink(), 1, DistanceMasses.buckets(length), read);
    return new Part<>(
        view, layers(view.heads(), config, sums, queries), AttentionProgram::onlyRows);
  }

  /** A row of the sums for each block. */
  private static Part<?> distancesOf(
      Sampled<?> sampled, DistanceMasses view, int length, ModelConfig config) {
    List<QueryBlocks.Block> blocks = sampled.in(length);
    NavigableMap<Integer, Queries> queries = new TreeMap<>();
    blocks.forEach(
        block ->
            queries.put(block.first(), new Queries(block.first(), block.end(), queries.size())));
    Sums sums =
        new Sums(
            BY_DISTANCE,
            view.sink(),
            blocks.size(),
            DistanceMasses.buckets(length),
            sampled.blocks().size());
    return new Part<>(
        new Sampled<>(view, sampled.blocks()),
        layers(view.heads(), config, sums, queries),
        layers ->
            IntStream.range(0, blocks.size())
                .mapToObj(row -> layers.stream().map(rows -> rows[row]).toArray(double[][]::new))
                .toList());
  }

  /** Sums of their own for each block. */
  private static Part<?> farOf(Sampled<?> sampled, FarMasses view, int length, ModelConfig config) {
    List<Reading> readings =
        sampled.in(length).stream()
            .map(block -> far(view, block.first(), block.end(), config))
            .toList();
    return new Part<>(
        new Sampled<>(view, sampled.blocks()),
        readings,
        blocks -> blocks.stream().map(AttentionProgram::farSums).toList());
  }

  private static Part<double[][]> response(ResponseMasses view, int length, ModelConfig config) {
    int first = length - view.response();
    NavigableMap<Integer, Queries> queries = new TreeMap<>();
    queries.put(first, new Queries(first, length, 0));
    Sums sums = new Sums(BY_SPAN, view.segment(), 1, first / view.segment(), view.response());
    return new Part<>(
        view, layers(view.heads(), config, sums, queries), AttentionProgram::onlyRows);
  }

  private static Part<FarMasses.Sums> far(FarMasses view, int length, ModelConfig config) {
    return new Part<>(
        view,
        List.of(far(view, view.distance(), length, config)),
        layers -> farSums(layers.get(0)));
  }

  private static Reading far(FarMasses view, int first, int end, ModelConfig config) {
    int heads = config.attention().heads();
    NavigableMap<Integer, Queries> queries = new TreeMap<>();
    queries.put(first, new Queries(first, end, 0));
    return new Reading(
        0, new Sums(BEYOND, view.distance(), heads, 2, 1), Heads.ALL.heads(0, heads), queries);
  }

  private static FarMasses.Sums farSums(double[][] heads) {
    return new FarMasses.Sums(
        Arrays.stream(heads).mapToDouble(head -> head[0]).toArray(),
        Arrays.stream(heads).mapToDouble(head -> head[1]).toArray());
  }

  private static Part<int[][][][]> top(TopPositions view, int length, ModelConfig config) {
    List<Integer> heads = Heads.ALL.heads(0, config.attention().heads());
    int first = length - view.queries();
    NavigableMap<Integer, Queries> queries = new TreeMap<>();
    queries.put(first, new Queries(first, length, first));
    Sums sums = new Sums(TOP, view.positions(), heads.size() * view.queries(), view.positions(), 1);
    return new Part<>(
        view,
        IntStream.range(0, config.layers())
            .mapToObj(layer -> new Reading(layer, sums, heads, queries))
            .toList(),
        layers ->
            layers.stream()
                .map(rows -> positions(rows, view.queries(), heads.size()))
                .toArray(int[][][][]::new));
  }

  /** Of rows by head and query, [query][head][k]. */
  private static int[][][] positions(double[][] rows, int queries, int heads) {
    int[][][] positions = new int[queries][heads][];

    for (int row = 0; row < rows.length; row++) {
      positions[row % queries][row / queries] =
          Arrays.stream(rows[row]).mapToInt(position -> (int) position).toArray();
    }

    return positions;
  }

  /** The same reading of each layer, averaged over its heads. */
  private static List<Reading> layers(
      Heads heads, ModelConfig config, Sums sums, NavigableMap<Integer, Queries> queries) {
    int all = config.attention().heads();
    heads.requireIn(config.layers(), all);
    return heads.layers(config.layers()).stream()
        .map(
            layer -> {
              List<Integer> chosen = heads.heads(layer, all);
              return new Reading(layer, sums.over(chosen.size()), chosen, queries);
            })
        .toList();
  }

  private static double[][] onlyRows(List<double[][]> layers) {
    return layers.stream().map(rows -> rows[0]).toArray(double[][]::new);
  }

  /** Queries first to end - 1, which add to a row of the sums; or as the kind has it. */
  private record Queries(int first, int end, int row) {}

  /**
   * What is summed up.
   *
   * @param size as the kind has it
   * @param of what the sums are divided by
   */
  private record Sums(int kind, int size, int rows, int columns, long of) {
    private Sums over(int heads) {
      return new Sums(kind, size, rows, columns, of * heads);
    }
  }

  /** What is read of one layer. */
  private record Reading(
      int layer, Sums sums, List<Integer> heads, NavigableMap<Integer, Queries> queries) {
    private long[] numbers() {
      return LongStream.concat(
              LongStream.of(sums.kind(), sums.size(), sums.rows(), sums.columns()),
              heads.stream().mapToLong(Integer::longValue))
          .toArray();
    }

    private void addRow(int number, int query, LongStream.Builder stretch) {
      Map.Entry<Integer, Queries> at = queries.floorEntry(query);

      if (at != null && query < at.getValue().end()) {
        stretch.add(number).add(at.getValue().row());
      }
    }

    private double[][] means(double[][] summed) {
      return Arrays.stream(summed)
          .map(row -> Arrays.stream(row).map(each -> mean(each)).toArray())
          .toArray(double[][]::new);
    }

    private double mean(double sum) {
      if (!Double.isFinite(sum)) {
        throw new ModelException(
            "The model's attention in layer %d is not finite: its weights or its precision do not hold this text."
                .formatted(layer));
      }

      return sum / sums.of();
    }
  }

  /** A view, what is read for it, and what that is of one layer after the other. */
  private record Part<R>(
      AttentionView<R> view, List<Reading> readings, Function<List<double[][]>, R> value) {
    private AttentionReadings addTo(AttentionReadings others, List<double[][]> sums) {
      List<double[][]> means = new ArrayList<>();

      for (int i = 0; i < sums.size(); i++) {
        means.add(readings.get(i).means(sums.get(i)));
      }

      return others.with(view, value.apply(means));
    }
  }
}
