package org.longspan.scoring;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.longspan.attention.AttentionView;
import org.longspan.attention.FarMasses;
import org.longspan.attention.Sampled;
import org.longspan.context.ContextWindows;
import org.longspan.context.Contexts;
import org.longspan.context.PassPlan;
import org.longspan.context.ResponsePairs;
import org.longspan.context.WindowPlan;
import org.longspan.measure.ContextWindowsMeasurement;
import org.longspan.measure.Measured;
import org.longspan.measure.PlannedWindow;
import org.longspan.measure.TokenWindow;
import org.longspan.measure.WindowedDocument;

/**
 * {@link ContextWindows} of the windows that {@link WindowPlan} draws. What several scorers need of
 * one window is the union of their passes, and passes with one start are one pass; attention is
 * read in the pass over the whole window.
 */
final class ContextMeasurement implements Measurement<ContextWindows> {
  private final WindowPlan windows;
  private final boolean startToken;
  private final boolean companion;
  private final int leastTokens;
  private final Set<Contexts> losses;
  private final Set<Contexts> predictions;
  private final Set<AttentionView<?>> views;
  private final Set<ResponsePairs> responses;
  private final Map<Integer, Long> costs = new ConcurrentHashMap<>();

  /**
   * @param windows which windows are read
   * @param startToken whether the model's start token stands before every pass
   * @param companion whether a second model reads every window too
   * @param leastTokens documents of fewer tokens are too short
   * @param losses contexts of which the losses are wanted
   * @param predictions contexts of which entropies and most probable tokens are wanted too
   * @param views what is read of the attention in windows of full length
   */
  ContextMeasurement(
      WindowPlan windows,
      boolean startToken,
      boolean companion,
      int leastTokens,
      Collection<? extends Contexts> losses,
      Collection<? extends Contexts> predictions,
      Collection<? extends AttentionView<?>> views) {
    this(windows, startToken, companion, leastTokens, losses, predictions, views, Set.of());
  }

  private ContextMeasurement(
      WindowPlan windows,
      boolean startToken,
      boolean companion,
      int leastTokens,
      Collection<? extends Contexts> losses,
      Collection<? extends Contexts> predictions,
      Collection<? extends AttentionView<?>> views,
      Set<ResponsePairs> responses) {
    this.windows = windows;
    this.startToken = startToken;
    this.companion = companion;
    this.leastTokens = leastTokens;
    this.losses = new LinkedHashSet<>(losses);
    this.predictions = new LinkedHashSet<>(predictions);
    this.losses.addAll(predictions);
    this.views = new LinkedHashSet<>(views);
    this.responses = new LinkedHashSet<>(responses);
  }

  /** The same and the losses of the response of each window of full length. */
  ContextMeasurement with(ResponsePairs pairs) {
    Set<ResponsePairs> more = new LinkedHashSet<>(responses);
    more.add(pairs);
    return new ContextMeasurement(
        windows, startToken, companion, leastTokens, losses, predictions, views, more);
  }

  @Override
  public Optional<Measurement<ContextWindows>> with(Measurement<?> other) {
    if (!(other instanceof ContextMeasurement)) {
      return Optional.empty();
    }

    ContextMeasurement that = (ContextMeasurement) other;

    if (!windows.equals(that.windows) || startToken != that.startToken) {
      return Optional.empty();
    }

    Set<Contexts> bothLosses = new LinkedHashSet<>(losses);
    bothLosses.addAll(that.losses);
    Set<Contexts> bothPredictions = new LinkedHashSet<>(predictions);
    bothPredictions.addAll(that.predictions);
    Set<AttentionView<?>> bothViews = new LinkedHashSet<>(views);
    bothViews.addAll(that.views);
    Set<ResponsePairs> bothResponses = new LinkedHashSet<>(responses);
    bothResponses.addAll(that.responses);
    return Optional.of(
        new ContextMeasurement(
            windows,
            startToken,
            companion || that.companion,
            Math.min(leastTokens, that.leastTokens),
            bothLosses,
            bothPredictions,
            bothViews,
            bothResponses));
  }

  @Override
  public boolean comparesModels() {
    return companion;
  }

  /** Attention far away is read in the first layer alone. */
  @Override
  public ModelPart part() {
    boolean first = views.stream().allMatch(ContextMeasurement::isOfFirstLayer);
    return first && losses.isEmpty() && !companion ? ModelPart.FIRST_LAYER : ModelPart.WHOLE;
  }

  private static boolean isOfFirstLayer(AttentionView<?> view) {
    return view instanceof FarMasses
        || view instanceof Sampled<?> sampled && sampled.view() instanceof FarMasses;
  }

  @Override
  public Optional<String> tooShort(int tokens) {
    return Measurement.tooShort(tokens, leastTokens);
  }

  @Override
  public long passTokens(String docId, int tokens) {
    if (tooShort(tokens).isPresent()) {
      return 0;
    }

    return Arrays.stream(windows.starts(docId, tokens))
        .map(start -> windows.end(start, tokens) - start)
        .mapToLong(length -> costs.computeIfAbsent(length, this::cost))
        .sum();
  }

  @Override
  public int rowTokens() {
    return windows.window() + (startToken ? 1 : 0);
  }

  @Override
  public int[] positions(String docId, int tokens) {
    return windows.positions(docId, tokens);
  }

  @Override
  public List<Measured<ContextWindows>> measure(
      LanguageModels models, int batchTokens, List<Excerpt> documents) {
    OptionalInt start = startToken ? models.main().config().startToken() : OptionalInt.empty();
    return new ContextWindowsMeasurement(
            models.main(), companion ? models.companion() : null, batchTokens, start)
        .measure(documents.stream().map(this::planned).toList());
  }

  private WindowedDocument planned(Excerpt document) {
    return new WindowedDocument(
        document.tokens(), document.windows(windows).stream().map(this::planned).toList());
  }

  private PlannedWindow planned(TokenWindow window) {
    int length = window.tokens().length;
    return new PlannedWindow(
        window.start(),
        window.tokens(),
        PassPlan.of(length, losses).ends(),
        new TreeSet<>(PassPlan.of(length, predictions).ends().keySet()),
        views(length),
        responses(length));
  }

  private long cost(int length) {
    PassPlan passes = PassPlan.of(length, losses);
    int start = startToken ? 1 : 0;
    long whole = (long) length + start;
    boolean reads = !views(length).isEmpty() && passes.ends().getOrDefault(0, 0) < length;
    return passes.tokens()
        + (long) start * passes.ends().size()
        + (reads ? whole : 0)
        + responses(length).stream()
            .mapToLong(each -> each.tokens(length) + (long) start * each.passes(length))
            .sum()
        + (companion ? whole : 0);
  }

  /** What is read of the attention in a window: only full ones compare. */
  private Set<AttentionView<?>> views(int length) {
    return length == windows.window() ? views : Set.of();
  }

  /** Gains are set against attention, so they are measured where it is read. */
  private Set<ResponsePairs> responses(int length) {
    return length == windows.window() ? responses : Set.of();
  }
}
