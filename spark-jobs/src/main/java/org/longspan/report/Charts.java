package org.longspan.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jetbrains.letsPlot.core.util.PlotSvgExportCommon;

/** Draws facts as inline SVG. Scales, ticks and legends are Lets-Plot's. */
final class Charts {
  private static final String BEFORE = "before";
  private static final String AFTER = "after";
  private static final List<String> BEFORE_AFTER_COLOURS = List.of("#9aa5b1", "#1f77b4");

  /** Target .266 C4, .534 CC, ...; per-source .246, .522, ... */
  private static final Map<String, Double> FU_ET_AL =
      new TreeMap<>(
          Map.of(
              "C4", -2.0,
              "CC", -1.2,
              "StackExchange", 0.5,
              "Wiki", 0.6,
              "GitHub", 1.0,
              "arXiv", 0.9,
              "Book", 0.1));

  private Charts() {}

  /** Token share by length bucket, before beside after. */
  static String lengths(List<PhaseFacts.LengthCell> cells) {
    long before = cells.stream().mapToLong(PhaseFacts.LengthCell::tokensBefore).sum();
    long after = cells.stream().mapToLong(PhaseFacts.LengthCell::tokensAfter).sum();
    Columns columns = new Columns("length", "share", "when");
    for (PhaseFacts.LengthCell cell : cells) {
      columns.add(bucket(cell.bucket().from()), Facts.share(cell.tokensBefore(), before), BEFORE);
      columns.add(bucket(cell.bucket().from()), Facts.share(cell.tokensAfter(), after), AFTER);
    }

    return bars(
        columns, "dodge", BEFORE_AFTER_COLOURS, "tokens a document", "share of tokens", 460);
  }

  /** Share of tokens by domain, before beside after. */
  static String domains(PhaseFacts facts) {
    Columns columns = new Columns("domain", "share", "when");
    for (PhaseFacts.Domain domain : facts.domains()) {
      columns.add(domain.name(), facts.domainShareBefore(domain), BEFORE);
      columns.add(domain.name(), facts.domainShareAfter(domain), AFTER);
    }

    return bars(columns, "dodge", BEFORE_AFTER_COLOURS, "domain", "share of tokens", 460);
  }

  /**
   * By how many points shares of domains are off their targets, beside the same of the per-source
   * mix in figure 2 of Fu et al., arXiv 2402.10171, as read off the figure (about 1 point exact).
   */
  static String drift(Map<String, Double> pointsByDomain) {
    Columns columns = new Columns("domain", "points", "whose");
    pointsByDomain.forEach((domain, points) -> columns.add(domain, points, "this run"));
    FU_ET_AL.forEach((domain, points) -> columns.add(domain + " *", points, "* Fu et al."));
    return bars(columns, "dodge", List.of("#1f77b4", "#9aa5b1"), "domain", "points off", 940);
  }

  /** Share of a domain's tokens in long documents, before beside after. */
  static String longShares(PhaseFacts facts) {
    Columns columns = new Columns("domain", "share", "when");
    for (PhaseFacts.Domain domain : facts.domains()) {
      columns.add(domain.name(), domain.longShareBefore(), BEFORE);
      columns.add(domain.name(), domain.longShareAfter(), AFTER);
    }

    return bars(columns, "dodge", BEFORE_AFTER_COLOURS, "domain", "long share", 460);
  }

  /** Documents by score, stacked by domain. */
  static String scores(List<Facts.ScoreBin> bins) {
    Columns columns = new Columns("score", "documents", "domain");
    for (Facts.ScoreBin bin : bins) {
      columns.add((bin.from() + bin.to()) / 2, (double) bin.documents(), bin.domain());
    }

    return bars(columns, "stack", List.of(), "score", "documents", 940);
  }

  /** Steps of each lane along a training. */
  static String turns(List<Facts.Turn> turns) {
    Columns columns = new Columns("step", "steps", "length");
    for (Facts.Turn turn : turns) {
      columns.add(turn.middle(), turn.steps(), turn.lane());
    }

    return bars(columns, "stack", List.of(), "step", "steps", 940);
  }

  /** Share of the trained tokens by what they see before them, with a mask beside without. */
  static String exposure(Map<Long, Double> masked, Map<Long, Double> unmasked) {
    Columns columns = new Columns("context", "share", "mask");
    masked.forEach((from, share) -> columns.add(bucket(from), share, "with a mask"));
    unmasked.forEach((from, share) -> columns.add(bucket(from), share, "without"));
    return bars(
        columns, "dodge", BEFORE_AFTER_COLOURS, "tokens of context, from", "share of tokens", 940);
  }

  /** Documents by the edges that lead to them. */
  static String hubs(Map<Long, Long> documents) {
    Columns columns = new Columns("edges", "documents", "documents by edges");
    documents.forEach((from, count) -> columns.add(bucket(from), count, "documents"));
    return bars(
        columns, "stack", List.of("#1f77b4"), "edges to the document, from", "documents", 460);
  }

  /** Seconds by stage. */
  static String seconds(Map<String, Double> secondsByStage) {
    Columns columns = new Columns("stage", "seconds", "stage of the run");
    secondsByStage.forEach((stage, seconds) -> columns.add(stage, seconds, "seconds"));
    return bars(columns, "stack", List.of("#1f77b4"), "", "seconds", 460);
  }

  static String bucket(long from) {
    return from > 0 && from % 1024 == 0 ? from / 1024 + "K" : Long.toString(from);
  }

  private static String bars(
      Columns columns,
      String position,
      List<String> colours,
      String xLabel,
      String yLabel,
      int width) {
    List<Object> scales = new ArrayList<>();
    scales.add(mutable("aesthetic", "x", "name", xLabel));
    scales.add(mutable("aesthetic", "y", "name", yLabel));
    Map<String, Object> fill = mutable("aesthetic", "fill", "name", "");
    if (!colours.isEmpty()) {
      fill.put("values", new ArrayList<Object>(colours));
    }

    scales.add(fill);
    Map<String, Object> plot = mutable("kind", "plot", "data", columns.data());
    plot.put("mapping", mutable("x", columns.x(), "y", columns.y(), "fill", columns.fill()));
    plot.put(
        "layers",
        new ArrayList<Object>(
            List.of(
                mutable(
                    "geom", "bar", "stat", "identity", "position", position, "tooltips", "none"))));
    plot.put("scales", scales);
    boolean oneColour = colours.size() == 1;
    plot.put("theme", mutable("legend_position", oneColour ? "none" : "top"));
    plot.put("ggsize", mutable("width", width, "height", 260));
    return PlotSvgExportCommon.INSTANCE.buildSvgImageFromRawSpecs(
        plot, null, Charts::noRaster, true);
  }

  private static String noRaster(int width, int height, int[] pixels) {
    throw new UnsupportedOperationException("No chart of the report has a raster image.");
  }

  /** Lets-Plot reads its specification from maps that it may write to. */
  private static Map<String, Object> mutable(Object... namesAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }

    return map;
  }

  /** The three columns of a bar chart. */
  private record Columns(
      String x, String y, String fill, List<Object> xs, List<Object> ys, List<Object> fills) {
    Columns(String x, String y, String fill) {
      this(x, y, fill, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    void add(Object xValue, double yValue, String fillValue) {
      xs.add(xValue);
      ys.add(yValue);
      fills.add(fillValue);
    }

    Map<String, Object> data() {
      return mutable(x, xs, y, ys, fill, fills);
    }
  }
}
