package org.longspan.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.longspan.attention.AttentionReadings;
import org.longspan.attention.AttentionView;
import org.longspan.context.ContextWindow;
import org.longspan.context.ContextWindows;
import org.longspan.context.PassPredictions;
import org.longspan.context.ResponseLosses;
import org.longspan.context.ResponsePairs;
import org.longspan.model.Attended;
import org.longspan.model.Besides;
import org.longspan.model.CausalLm;
import org.longspan.model.Predictions;

/**
 * Measures {@link ContextWindows}: the losses of a document's tokens in every planned pass, and the
 * views of attention in the pass over each whole window. Where losses of that pass are wanted too,
 * both come from one pass; where they are not, it ends at the last layer whose attention is read.
 * Losses of a window's response after single segments are passes of their own.
 *
 * <p>Passes of one length go through the model together, across windows and documents, up to the
 * token budget; nothing is padded. Work is the tokens of the passes; memory is a float for each of
 * them and the token budget, or the longest pass if that is more.
 */
public final class ContextWindowsMeasurement {
  private final CausalLm model;
  private final CausalLm companion;
  private final int batchTokens;
  private final OptionalInt startToken;

  /**
   * @param model shared with other threads
   * @param companion a second model with the same vocabulary, which reads every window once as a
   *     whole; null without one
   * @param batchTokens tokens of a forward pass at most; one row is always run
   * @param startToken stands before every pass, if there is one. It takes its share of the
   *     attention as in the model, but {@linkplain CausalLm#attend belongs to no span}
   */
  public ContextWindowsMeasurement(
      CausalLm model, CausalLm companion, int batchTokens, OptionalInt startToken) {
    if (batchTokens < 1) {
      throw new IllegalArgumentException(
          "A batch needs at least 1 token, not %d.".formatted(batchTokens));
    }

    this.model = model;
    this.companion = companion;
    this.batchTokens = batchTokens;
    this.startToken = startToken;
  }

  /**
   * Measures documents; the result has their order. Never throws for what is wrong with one
   * document.
   */
  public List<Measured<ContextWindows>> measure(List<WindowedDocument> documents) {
    List<Document> all = documents.stream().map(Document::new).toList();
    SortedMap<Shape, List<Asked>> byShape = new TreeMap<>();

    List<Pass> watched = new ArrayList<>();

    for (Document document : all) {
      for (Pass pass : document.passes()) {
        if (pass.views.isEmpty()) {
          byShape.computeIfAbsent(pass.shape(), shape -> new ArrayList<>()).add(pass);
        } else {
          watched.add(pass);
        }
      }

      for (ResponsePass pass : document.responsePasses()) {
        byShape.computeIfAbsent(pass.shape(), shape -> new ArrayList<>()).add(pass);
      }
    }

    watched.forEach(this::watch);
    byShape.forEach(this::run);
    return all.stream().map(Document::result).toList();
  }

  private void run(Shape shape, List<Asked> passes) {
    for (List<Asked> batch : Batches.of(passes, Math.max(1, batchTokens / shape.length))) {
      try {
        int[][] rows = batch.stream().map(Asked::row).toArray(int[][]::new);
        List<PassPredictions> predicted = predict(shape, rows);

        for (int i = 0; i < rows.length; i++) {
          batch.get(i).predicted(predicted.get(i));
        }
      } catch (RuntimeException e) {
        batch.forEach(pass -> pass.document().fail("The model failed: " + e.getMessage()));
      }
    }
  }

  /** One row at a time: so the memory that attention takes has a bound. */
  private void watch(Pass pass) {
    int before = startToken.isPresent() ? 1 : 0;

    try {
      Attended attended = model.attend(pass.row(), before, pass.views, pass.besides);
      pass.attended(attended.attention());

      if (pass.besides != Besides.NOTHING) {
        PassPredictions said = attended.predictions();
        pass.predicted(ofWindow(said.losses(), said.entropies(), said.first()));
      }
    } catch (RuntimeException e) {
      pass.document().fail("The model failed: " + e.getMessage());
    }
  }

  private List<PassPredictions> predict(Shape shape, int[][] rows) {
    CausalLm asked = shape.companion ? companion : model;
    List<PassPredictions> predictions = new ArrayList<>();

    if (shape.detailed) {
      Predictions all = asked.predict(rows);

      for (int i = 0; i < rows.length; i++) {
        predictions.add(ofWindow(all.losses()[i], all.entropies()[i], all.first()[i]));
      }
    } else {
      for (float[] losses : asked.losses(rows)) {
        predictions.add(ofWindow(losses, new float[0], new boolean[0]));
      }
    }

    return predictions;
  }

  /** Without what is said of the window's first token, where a start token predicts it. */
  private PassPredictions ofWindow(float[] losses, float[] entropies, boolean[] first) {
    int from = startToken.isPresent() ? 1 : 0;
    return new PassPredictions(
        Arrays.copyOfRange(losses, from, losses.length),
        Arrays.copyOfRange(entropies, Math.min(from, entropies.length), entropies.length),
        Arrays.copyOfRange(first, Math.min(from, first.length), first.length));
  }

  /** The row behind the start token, if there is one. */
  private int[] started(int[] tokens) {
    return IntStream.concat(startToken.stream(), Arrays.stream(tokens)).toArray();
  }

  /** What passes must share to go through a model together. */
  private record Shape(boolean companion, boolean detailed, int length)
      implements Comparable<Shape> {
    @Override
    public int compareTo(Shape other) {
      int byModel = Boolean.compare(companion, other.companion);
      int byDetail = byModel != 0 ? byModel : Boolean.compare(detailed, other.detailed);
      return byDetail != 0 ? byDetail : Integer.compare(length, other.length);
    }
  }

  /** A row of tokens, and where to put what a model says of it. */
  private interface Asked {
    Document document();

    Shape shape();

    int[] row();

    void predicted(PassPredictions predictions);
  }

  /** One document's losses while they come in, and the first thing that went wrong. */
  private final class Document {
    private final WindowedDocument source;
    private final List<Map<Integer, PassPredictions>> predictions = new ArrayList<>();
    private final float[][] companions;
    private final AttentionReadings[] attention;
    private final List<Map<ResponsePairs, double[]>> responses = new ArrayList<>();
    private String error;

    private Document(WindowedDocument source) {
      this.source = source;
      this.companions = new float[source.windows().size()][0];
      this.attention = new AttentionReadings[companions.length];
      Arrays.fill(attention, AttentionReadings.NONE);
      source.windows().forEach(window -> predictions.add(new TreeMap<>()));
      source.windows().forEach(window -> responses.add(new HashMap<>()));
    }

    private List<Pass> passes() {
      List<Pass> passes = new ArrayList<>();

      for (int w = 0; w < companions.length; w++) {
        PlannedWindow window = source.windows().get(w);
        int length = window.tokens().length;
        Set<AttentionView<?>> shown = shown(window);

        for (Map.Entry<Integer, Integer> pass : window.passes().entrySet()) {
          int from = pass.getKey();
          boolean whole = from == 0 && pass.getValue() == length;
          Besides besides = window.detailed().contains(from) ? Besides.PREDICTIONS : Besides.LOSSES;
          Set<AttentionView<?>> views = whole ? shown : Set.of();
          passes.add(new Pass(this, w, from, pass.getValue(), besides, views, false));
        }

        if (!shown.isEmpty() && window.passes().getOrDefault(0, 0) < length) {
          passes.add(new Pass(this, w, 0, length, Besides.NOTHING, shown, false));
        }

        if (companion != null && length > 1) {
          passes.add(new Pass(this, w, 0, length, Besides.LOSSES, Set.of(), true));
        }
      }

      return passes;
    }

    private List<ResponsePass> responsePasses() {
      List<ResponsePass> passes = new ArrayList<>();

      for (int w = 0; w < companions.length; w++) {
        for (ResponsePairs pairs : source.windows().get(w).responses()) {
          double[] losses = new double[pairs.passes(source.windows().get(w).tokens().length)];
          responses.get(w).put(pairs, losses);

          for (int number = 0; number < losses.length; number++) {
            passes.add(new ResponsePass(this, w, pairs, number));
          }
        }
      }

      return passes;
    }

    private Set<AttentionView<?>> shown(PlannedWindow window) {
      return window.views().stream()
          .filter(view -> CausalLm.shows(view, window.tokens().length))
          .collect(Collectors.toSet());
    }

    private void fail(String why) {
      if (error == null) {
        error = why;
      }
    }

    private Measured<ContextWindows> result() {
      if (error != null) {
        return Measured.failed(error);
      }

      List<ContextWindow> windows = new ArrayList<>();

      for (int w = 0; w < companions.length; w++) {
        PlannedWindow window = source.windows().get(w);
        windows.add(
            new ContextWindow(
                    window.start(),
                    window.tokens(),
                    new TreeMap<>(predictions.get(w)),
                    companions[w],
                    attention[w])
                .with(responseLosses(w)));
      }

      return Measured.of(new ContextWindows(source.tokens(), windows));
    }

    private Map<ResponsePairs, ResponseLosses> responseLosses(int window) {
      Map<ResponsePairs, ResponseLosses> losses = new HashMap<>();
      responses
          .get(window)
          .forEach(
              (pairs, all) ->
                  losses.put(
                      pairs, new ResponseLosses(all[0], Arrays.copyOfRange(all, 1, all.length))));
      return losses;
    }

    /** Whether losses are finite; where one is not, the document has failed. */
    private boolean holds(float[] losses, int firstToken) {
      for (int i = 0; i < losses.length; i++) {
        if (!Float.isFinite(losses[i])) {
          fail(
              "The model gave a loss that is not finite for token %d: its weights or its precision do not hold this text."
                  .formatted(firstToken + i));
          return false;
        }
      }

      return true;
    }
  }

  private final class Pass implements Asked {
    private final Document document;
    private final int window;
    private final int from;
    private final int to;
    private final Besides besides;
    private final Set<AttentionView<?>> views;
    private final boolean byCompanion;

    private Pass(
        Document document,
        int window,
        int from,
        int to,
        Besides besides,
        Set<AttentionView<?>> views,
        boolean byCompanion) {
      this.document = document;
      this.window = window;
      this.from = from;
      this.to = to;
      this.besides = besides;
      this.views = views;
      this.byCompanion = byCompanion;
    }

    @Override
    public Document document() {
      return document;
    }

    @Override
    public Shape shape() {
      int length = to - from + (startToken.isPresent() ? 1 : 0);
      return new Shape(byCompanion, besides == Besides.PREDICTIONS, length);
    }

    @Override
    public int[] row() {
      return started(Arrays.copyOfRange(document.source.windows().get(window).tokens(), from, to));
    }

    private void attended(AttentionReadings readings) {
      document.attention[window] = readings;
    }

    @Override
    public void predicted(PassPredictions predictions) {
      int first = document.source.windows().get(window).start() + from + 1;

      if (!document.holds(predictions.losses(), first)) {
        return;
      }

      if (byCompanion) {
        document.companions[window] = predictions.losses();
      } else {
        document.predictions.get(window).put(from, predictions);
      }
    }
  }

  /** A window's response after a segment, which is numbered from 1, or by itself, number 0. */
  private final class ResponsePass implements Asked {
    private final Document document;
    private final int window;
    private final ResponsePairs pairs;
    private final int number;

    private ResponsePass(Document document, int window, ResponsePairs pairs, int number) {
      this.document = document;
      this.window = window;
      this.pairs = pairs;
      this.number = number;
    }

    @Override
    public Document document() {
      return document;
    }

    @Override
    public Shape shape() {
      int length = pairs.response() + (number == 0 ? 0 : pairs.segment());
      return new Shape(false, false, length + (startToken.isPresent() ? 1 : 0));
    }

    @Override
    public int[] row() {
      int[] tokens = document.source.windows().get(window).tokens();
      return started(number == 0 ? pairs.alone(tokens) : pairs.after(tokens, number - 1));
    }

    @Override
    public void predicted(PassPredictions predictions) {
      float[] losses = predictions.losses();
      int compared = pairs.response() - 1;
      float[] last = Arrays.copyOfRange(losses, losses.length - compared, losses.length);
      PlannedWindow source = document.source.windows().get(window);

      if (document.holds(last, source.start() + source.tokens().length - compared)) {
        double sum = 0;

        for (float loss : last) {
          sum += loss;
        }

        document.responses.get(window).get(pairs)[number] = sum / compared;
      }
    }
  }
}
