package org.longspan.report;

import static j2html.TagCreator.body;
import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.document;
import static j2html.TagCreator.each;
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
import static org.longspan.report.Typesetting.decimal;
import static org.longspan.report.Typesetting.drawn;
import static org.longspan.report.Typesetting.grid;
import static org.longspan.report.Typesetting.number;

import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.longspan.action.ScheduledLane;
import org.longspan.report.Facts.Extreme.End;
import org.longspan.run.Counts;
import org.longspan.stage.Phase;

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
                    each(facts.phases(), this::phase),
                    scores(),
                    links(),
                    schedule(),
                    drops(),
                    timings(),
                    details(summary("Configuration, " + version), pre(configuration))))
            .withLang("en"));
  }

  private DomContent phase(PhaseFacts phase) {
    String upsample =
        phase.name().isEmpty() ? "upsample" : new Phase(phase.name()).stage("upsample");
    Map<String, Double> figures =
        stages.stream()
            .filter(stage -> stage.name().equals(upsample))
            .map(StageFacts::figures)
            .findFirst()
            .orElse(Map.of());
    return new PhaseSection(phase, figures).render();
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
}
