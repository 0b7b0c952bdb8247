package org.longspan.report;

import static j2html.TagCreator.b;
import static j2html.TagCreator.body;
import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.document;
import static j2html.TagCreator.each;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.head;
import static j2html.TagCreator.html;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.p;
import static j2html.TagCreator.pre;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.section;
import static j2html.TagCreator.style;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.title;
import static j2html.TagCreator.tr;

import j2html.tags.DomContent;
import j2html.tags.specialized.TableTag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.longspan.action.ScheduledLane;
import org.longspan.report.Facts.Extreme.End;
import org.longspan.run.Counts;

/** Sets the page: one file, styles and drawings inside, no script, no network. */
public final class HtmlReport {
  private static final String STYLE =
      """
      :root { color-scheme: light; }
      body { font: 15px/1.5 system-ui, sans-serif; color: #1f2933; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
      h1 { font-size: 1.6rem; margin-bottom: .2rem; } h2 { font-size: 1.2rem; margin: 2.2rem 0 .6rem; border-bottom: 1px solid #d9e2ec; }
      h3 { font-size: 1rem; margin: 1.2rem 0 .3rem; } .where { color: #52606d; margin-top: 0; overflow-wrap: anywhere; }
      .tiles { display: flex; flex-wrap: wrap; gap: .8rem; } .tile { background: #f5f7fa; border-radius: .5rem; padding: .6rem 1rem; min-width: 8rem; }
      .tile b { display: block; font-size: 1.3rem; } table { border-collapse: collapse; width: 100%; }
      th, td { text-align: right; padding: .25rem .6rem; border-bottom: 1px solid #e4e7eb; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
      th:first-child, td:first-child, td.text, th.text { text-align: left; } figure { display: inline-block; margin: 0 .6rem 1rem 0; vertical-align: top; max-width: 100%; }
      figcaption { color: #52606d; font-size: .9rem; } svg { max-width: 100%; height: auto; }
      pre { background: #f5f7fa; border-radius: .5rem; padding: .8rem; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 16rem; overflow-y: auto; font-size: .85rem; }
      .words td, .words th { white-space: nowrap; } .words td.text { white-space: normal; }
      details { margin: .4rem 0; } summary { cursor: pointer; }
      """;

  /** Links of a document that are told in words. */
  private static final int LINKS = 6;

  private final String output;
  private final String version;
  private final String configuration;
  private final List<StageFacts> stages;
  private final Facts facts;

  /**
   * @param output the run directory, shown under the title
   * @param version what made the run
   * @param configuration the resolved configuration, shown folded
   */
  public HtmlReport(
      String output, String version, String configuration, List<StageFacts> stages, Facts facts) {
    this.output = output;
    this.version = version;
    this.configuration = configuration;
    this.stages = List.copyOf(stages);
    this.facts = facts;
  }

  /** The page as text; UTF-8. */
  public String render() {
    return document(
        html(
                head(
                    meta().withCharset("utf-8"),
                    meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
                    title("Longspan report"),
                    style(rawHtml(STYLE))),
                body(
                    h1("Longspan report"),
                    p(output).withClass("where"),
                    tiles(),
                    mixture(),
                    lengths(),
                    scores(),
                    links(),
                    sequences(),
                    schedule(),
                    drops(),
                    timings(),
                    details(summary("Configuration, " + version), pre(configuration))))
            .withLang("en"));
  }

  private DomContent tiles() {
    Map<String, String> tiles = new LinkedHashMap<>();
    tiles.put("documents in", number(facts.documentsBefore()));
    tiles.put("tokens in", number(facts.tokensBefore()));
    tiles.put("documents out, copies counted", number(facts.documentsAfter()));
    tiles.put("tokens out", number(facts.tokensAfter()));
    tiles.put("sequences of " + facts.sequenceLength(), number(facts.sequences()));
    tiles.put("fill", percent(facts.fill()));
    return div(each(tiles, (name, value) -> div(b(value), div(name)).withClass("tile")))
        .withClass("tiles");
  }

  private DomContent mixture() {
    if (facts.domains().isEmpty()) {
      return section();
    }

    Map<String, Double> figures = upsampleFigures();
    List<List<String>> rows = new ArrayList<>();
    Map<String, Double> drifts = new LinkedHashMap<>();
    for (Facts.Domain d : facts.domains()) {
      Double target = figures.get("domain-share.target." + d.name());
      rows.add(
          List.of(
              d.name(),
              number(d.documentsBefore()),
              number(d.documentsAfter()),
              number(d.tokensBefore()),
              number(d.tokensAfter()),
              percent(facts.domainShareBefore(d)),
              target(figures, "domain-share.target." + d.name()),
              percent(facts.domainShareAfter(d)),
              percent(d.longShareBefore()),
              target(figures, "long-share.target." + d.name()),
              percent(d.longShareAfter())));
      if (target != null) {
        drifts.put(d.name(), 100 * (facts.domainShareAfter(d) - target));
      }
    }

    return section(
        h2("Mixture"),
        p(
            "Shares of tokens as they were, as they were asked for and as they are. Documents of %s tokens and more are long."
                .formatted(number(facts.longFrom()))),
        drawn(Charts.domains(facts), "Share of each domain"),
        drawn(Charts.longShares(facts), "Share of long documents inside each domain"),
        grid(
            List.of(
                "domain",
                "documents in",
                "out",
                "tokens in",
                "out",
                "share in",
                "target",
                "out",
                "long in",
                "target",
                "out"),
            rows),
        drift(figures, drifts));
  }

  /** How far the shares are off their targets. */
  private DomContent drift(Map<String, Double> figures, Map<String, Double> points) {
    if (points.isEmpty()) {
      return section();
    }

    return div(
        h3("Drift"),
        p(
            "At most %s points of a domain's share, %s of its long documents' and %s of a cell's are off. The per-source mix of Fu et al. (arXiv 2402.10171, figure 2) is off by about 2."
                .formatted(
                    points(figures, "drift.domain"),
                    points(figures, "drift.long"),
                    points(figures, "drift.cell"))),
        drawn(Charts.drift(points), "Points by which domains are off their targets"),
        cells(figures),
        beyond());
  }

  private DomContent cells(Map<String, Double> figures) {
    List<List<String>> rows = new ArrayList<>();
    for (Facts.LengthCell cell : facts.lengths()) {
      String name = cell.domain() + "." + cell.bucket().label();
      rows.add(
          List.of(
              cell.domain(),
              cell.bucket().label(),
              number(cell.tokensBefore()),
              number(cell.tokensAfter()),
              target(figures, "cell-share.target." + name),
              percent(Facts.share(cell.tokensAfter(), facts.tokensAfter())),
              decimal(Facts.share(cell.tokensAfter(), cell.tokensBefore()))));
    }

    return details(
        summary("Every cell: shares of all tokens, and epochs"),
        grid(
            List.of("domain", "lengths", "tokens in", "out", "share, target", "out", "epochs"),
            rows));
  }

  private DomContent beyond() {
    List<Integer> positions =
        facts.beyond().stream()
            .filter(b -> b.tokensBefore() > 0)
            .map(Facts.Beyond::position)
            .distinct()
            .sorted()
            .toList();
    if (positions.isEmpty()) {
      return section();
    }

    List<String> heading = new ArrayList<>(List.of("domain", ""));
    positions.forEach(position -> heading.add(Charts.bucket(position)));
    List<List<String>> rows = new ArrayList<>();
    for (Facts.Domain domain : facts.domains()) {
      List<String> before = new ArrayList<>(List.of(domain.name(), "in"));
      List<String> after = new ArrayList<>(List.of("", "out"));
      facts.beyond().stream()
          .filter(b -> b.domain().equals(domain.name()) && positions.contains(b.position()))
          .forEach(
              b -> {
                before.add(number(b.tokensBefore()));
                after.add(number(b.tokensAfter()));
              });
      rows.add(before);
      rows.add(after);
    }

    return div(
        h3("Tokens beyond a position"),
        p("Tokens that have so many of their own document, or more, before them."),
        grid(heading, rows));
  }

  private Map<String, Double> upsampleFigures() {
    return stages.stream()
        .filter(stage -> stage.name().equals("upsample"))
        .map(StageFacts::figures)
        .findFirst()
        .orElse(Map.of());
  }

  private static String target(Map<String, Double> figures, String name) {
    Double share = figures.get(name);
    return share == null ? "" : percent(share);
  }

  private static String points(Map<String, Double> figures, String name) {
    return String.format(Locale.ROOT, "%.2f", 100 * figures.getOrDefault(name, 0.0));
  }

  private DomContent lengths() {
    Map<String, List<Facts.LengthCell>> byDomain =
        facts.lengths().stream()
            .collect(
                Collectors.groupingBy(Facts.LengthCell::domain, TreeMap::new, Collectors.toList()));
    if (byDomain.isEmpty()) {
      return section();
    }

    return section(
        h2("Lengths, before and after"),
        each(byDomain, (domain, cells) -> drawn(Charts.lengths(cells), domain)));
  }

  private DomContent scores() {
    if (facts.scorer() == null) {
      return section();
    }

    return section(
        h2("Scores: " + facts.scorer()),
        distribution(facts.scoreStatuses(), facts.scoreBins()),
        extremes("Best scored documents", End.BEST),
        extremes("Worst scored documents", End.WORST),
        each(
            facts.others(),
            other ->
                section(
                    h2("Scores: " + other.scorer()),
                    distribution(other.statuses(), other.bins()))));
  }

  private static DomContent distribution(Map<String, Long> statuses, List<Facts.ScoreBin> bins) {
    List<List<String>> rows =
        statuses.entrySet().stream().map(e -> List.of(e.getKey(), number(e.getValue()))).toList();
    return div(
        grid(List.of("status", "documents"), rows),
        bins.isEmpty()
            ? p("No document has a score.")
            : drawn(Charts.scores(bins), "Documents by score"));
  }

  private DomContent extremes(String heading, End end) {
    List<Facts.Extreme> chosen = facts.extremes().stream().filter(e -> e.end() == end).toList();
    return div(
        h3(heading),
        each(
            chosen,
            e ->
                details(
                    summary(
                        "%d. %s, %s, %s tokens, score %s"
                            .formatted(
                                e.place(),
                                e.document(),
                                e.domain(),
                                number(e.tokens()),
                                decimal(e.score()))),
                    pre(e.excerpt()))));
  }

  private DomContent links() {
    if (facts.linked().isEmpty()) {
      return section();
    }

    double strongest =
        facts.linked().stream()
            .flatMap(linked -> linked.links().stream())
            .mapToDouble(Facts.Link::strength)
            .max()
            .orElse(0);
    return section(
        h2("Why they scored"),
        p(
            "Arcs join a segment (orange) with a far earlier one (blue) that it leans on, by what %s measured. The thickest has a strength of %s, in all documents alike; tokens are those of the scoring model."
                .formatted(facts.linked().get(0).scorer(), decimal(strongest))),
        each(facts.linked(), linked -> linked(linked, strongest)));
  }

  private DomContent linked(Facts.Linked linked, double strongest) {
    return div(
        h3(linked.document() + ", " + places(linked.document())),
        figure(new ArcDiagram(linked, strongest).draw()),
        table(
                thead(
                    tr(
                        th("strength"),
                        th("distance"),
                        th("from"),
                        th("segment").withClass("text"),
                        th("from"),
                        th("leans on").withClass("text"))),
                tbody(
                    each(
                        linked.links().stream().limit(LINKS).toList(),
                        link ->
                            tr(
                                td(decimal(link.strength())),
                                td(number(link.start() - link.earlierStart())),
                                td(number(link.start())),
                                td(link.words()).withClass("text"),
                                td(number(link.earlierStart())),
                                td(link.earlierWords()).withClass("text")))))
            .withClass("words"));
  }

  /** Where a document stands among the best and the worst. */
  private String places(String document) {
    return facts.extremes().stream()
        .filter(e -> e.document().equals(document))
        .map(
            e -> "number %d of the %s".formatted(e.place(), e.end() == End.BEST ? "best" : "worst"))
        .collect(Collectors.joining(" and "));
  }

  private DomContent sequences() {
    if (facts.packers().isEmpty()) {
      return section();
    }

    List<List<String>> rows = new ArrayList<>();
    for (Facts.Packed packed : facts.packers()) {
      rows.add(
          List.of(
              packed.packer(),
              number(packed.sequences()),
              percent(packed.fill()),
              number(packed.padTokens()),
              decimal(packed.relatedness())));
    }

    return section(
        h2("Sequences"),
        grid(List.of("packer", "sequences", "fill", "padding tokens", "mean relatedness"), rows));
  }

  private DomContent schedule() {
    List<ScheduledLane> lanes = facts.schedule().lanes();
    if (lanes.isEmpty()) {
      return section();
    }

    List<List<String>> rows =
        lanes.stream()
            .map(
                lane ->
                    List.of(
                        lane.phase() == null ? "" : lane.phase(),
                        number(lane.sequenceLength()),
                        number(lane.steps()),
                        number(lane.sequences()),
                        number(lane.tokens()),
                        number(Math.round(lane.meanCost())),
                        decimal(lane.imbalance())))
            .toList();
    return section(
        h2("Schedule"),
        p(
            "What the steps of the training read. A step costs the sum of its squared segment lengths; imbalance is the cost of the dearest step against the mean."),
        drawn(Charts.turns(facts.schedule().turns()), "Sequence lengths along the training"),
        grid(
            List.of("phase", "length", "steps", "sequences", "tokens", "mean cost", "imbalance"),
            rows));
  }

  private DomContent drops() {
    List<List<String>> dropped =
        facts.drops().stream()
            .map(d -> List.of(d.stage(), d.reason(), number(d.documents()), number(d.tokens())))
            .toList();
    List<List<String>> quarantined =
        facts.quarantine().entrySet().stream()
            .map(e -> List.of(e.getKey(), number(e.getValue())))
            .toList();
    return section(
        h2("Left out"),
        dropped.isEmpty()
            ? p("No document was dropped.")
            : grid(List.of("stage", "reason", "documents", "tokens"), dropped),
        quarantined.isEmpty()
            ? p("No input row was set aside.")
            : grid(List.of("rows in quarantine", "rows"), quarantined));
  }

  private DomContent timings() {
    Map<String, Double> seconds = new LinkedHashMap<>();
    List<List<String>> rows = new ArrayList<>();
    for (StageFacts stage : stages) {
      seconds.put(stage.name(), stage.seconds());
      Counts in = stage.balance().in();
      Counts out = stage.balance().out();
      rows.add(
          List.of(
              stage.name() + (stage.reused() ? " (reused)" : ""),
              decimal(stage.seconds()),
              number(in.documents()),
              number(out.documents()),
              number(in.tokens()),
              number(out.tokens())));
    }

    List<List<String>> figures = new ArrayList<>();
    for (StageFacts stage : stages) {
      stage
          .figures()
          .forEach((name, value) -> figures.add(List.of(stage.name(), name, decimal(value))));
    }

    return section(
        h2("Stages"),
        drawn(Charts.seconds(seconds), "Seconds by stage, as measured when it ran"),
        grid(List.of("stage", "seconds", "documents in", "out", "tokens in", "out"), rows),
        details(summary("Every figure"), grid(List.of("stage", "figure", "value"), figures)));
  }

  private static DomContent drawn(String svg, String caption) {
    return figure(figcaption(caption), rawHtml(svg));
  }

  private static TableTag grid(List<String> header, List<List<String>> rows) {
    return table(
        thead(tr(each(header, h -> th(h)))), tbody(each(rows, row -> tr(each(row, c -> td(c))))));
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String decimal(double value) {
    return Math.abs(value - Math.rint(value)) < 1e-9 && Math.abs(value) < 1e15
        ? number((long) Math.rint(value))
        : String.format(Locale.ROOT, "%.3f", value);
  }
}
