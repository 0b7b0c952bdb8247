package org.longspan.report;

import static j2html.TagCreator.tag;

import j2html.tags.ContainerTag;
import java.util.Locale;

/**
 * Draws a document as a line from its first token to its last, and its links as arcs above it: from
 * a segment to the earlier one that it leans on, the thicker and darker the stronger.
 */
final class ArcDiagram {
  private static final int WIDTH = 940;
  private static final int MARGIN = 20;
  private static final int BASE = 200;
  private static final int HEIGHT = 232;
  private static final int TICKS = 4;
  private static final double THINNEST = 1;
  private static final double THICKEST = 6;
  private static final double FAINTEST = 0.25;

  private final Facts.Linked linked;
  private final double strongest;

  /**
   * @param strongest the strength that is drawn thickest, of all documents that are compared
   */
  ArcDiagram(Facts.Linked linked, double strongest) {
    this.linked = linked;
    this.strongest = strongest;
  }

  /** An SVG element; an arc's own title has its places and words. */
  ContainerTag<?> draw() {
    String title =
        String.format(
            Locale.ROOT,
            "The %d strongest links of %s over its %,d tokens",
            linked.links().size(),
            linked.document(),
            linked.tokens());
    ContainerTag<?> svg =
        tag("svg")
            .attr("viewBox", "0 0 %d %d".formatted(WIDTH, HEIGHT))
            .attr("width", WIDTH)
            .attr("height", HEIGHT)
            .attr("role", "img")
            .attr("aria-label", title)
            .with(tag("title").withText(title));
    // The strongest are drawn last, on top.
    for (int i = linked.links().size() - 1; i >= 0; i--) {
      svg.with(arc(linked.links().get(i)));
    }

    svg.with(bar(0, linked.tokens(), 1, "#52606d"));

    for (Facts.Link link : linked.links()) {
      svg.with(bar(link.earlierStart(), link.earlierEnd(), 7, "#1f77b4"));
      svg.with(bar(link.start(), link.end(), 7, "#d95f02"));
    }

    for (int tick = 0; tick <= TICKS; tick++) {
      svg.with(label((int) ((long) linked.tokens() * tick / TICKS), tick));
    }

    return svg;
  }

  private ContainerTag<?> arc(Facts.Link link) {
    double from = x((link.earlierStart() + (double) link.earlierEnd()) / 2);
    double to = x((link.start() + (double) link.end()) / 2);
    double across = (to - from) / 2;
    double up = across * (BASE - THICKEST) / ((WIDTH - 2 * MARGIN) / 2.0);
    double share = strongest > 0 ? Math.min(1, link.strength() / strongest) : 0;
    return tag("path")
        .attr(
            "d",
            String.format(
                Locale.ROOT, "M%.1f %d A%.1f %.1f 0 0 1 %.1f %d", from, BASE, across, up, to, BASE))
        .attr("fill", "none")
        .attr("stroke", "#1f77b4")
        .attr("stroke-width", decimal(THINNEST + share * (THICKEST - THINNEST)))
        .attr("stroke-opacity", decimal(FAINTEST + share * (1 - FAINTEST)))
        .with(
            tag("title")
                .withText(
                    String.format(
                        Locale.ROOT,
                        "%,d to %,d, strength %.4f: %s",
                        link.start(),
                        link.earlierStart(),
                        link.strength(),
                        link.words())));
  }

  private ContainerTag<?> bar(int start, int end, int height, String colour) {
    return tag("rect")
        .attr("x", decimal(x(start)))
        .attr("y", BASE)
        .attr("width", decimal(Math.max(1.5, x(end) - x(start))))
        .attr("height", height)
        .attr("fill", colour);
  }

  private ContainerTag<?> label(int token, int tick) {
    return tag("text")
        .attr("x", decimal(x(token)))
        .attr("y", HEIGHT - 8)
        .attr("font-size", 12)
        .attr("fill", "#52606d")
        .attr("text-anchor", tick == 0 ? "start" : tick == TICKS ? "end" : "middle")
        .withText(String.format(Locale.ROOT, "%,d", token));
  }

  private double x(double token) {
    return MARGIN + token / Math.max(1, linked.tokens()) * (WIDTH - 2 * MARGIN);
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
