package org.longspan.report;

import static j2html.TagCreator.b;
import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.summary;
import static org.longspan.report.Typesetting.decimal;
import static org.longspan.report.Typesetting.drawn;
import static org.longspan.report.Typesetting.grid;
import static org.longspan.report.Typesetting.number;
import static org.longspan.report.Typesetting.percent;

import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The part of the report that tells what one phase chose and packed. */
final class PhaseSection {
  private final PhaseFacts phase;
  private final Map<String, Double> figures;

  /**
   * @param figures of the phase's upsample
   */
  PhaseSection(PhaseFacts phase, Map<String, Double> figures) {
    this.phase = phase;
    this.figures = figures;
  }

  DomContent render() {
    return section(
        phase.name().isEmpty() ? div() : h2("Phase " + phase.name()),
        tiles(),
        mixture(),
        lengths(),
        sequences(),
        new RelatednessSection(heading("Relatedness"), phase.relatedness()).render());
  }

  private String heading(String title) {
    return phase.name().isEmpty() ? title : title + ", phase " + phase.name();
  }

  private DomContent tiles() {
    Map<String, String> tiles = new LinkedHashMap<>();
    tiles.put("documents in", number(phase.documentsBefore()));
    tiles.put("tokens in", number(phase.tokensBefore()));
    tiles.put("documents out, copies counted", number(phase.documentsAfter()));
    tiles.put("tokens out", number(phase.tokensAfter()));
    tiles.put("sequences of " + phase.sequenceLength(), number(phase.sequences()));
    tiles.put("fill", percent(phase.fill()));
    return div(each(tiles, (name, value) -> div(b(value), div(name)).withClass("tile")))
        .withClass("tiles");
  }

  private DomContent mixture() {
    if (phase.domains().isEmpty()) {
      return section();
    }

    List<List<String>> rows = new ArrayList<>();
    Map<String, Double> drifts = new LinkedHashMap<>();
    for (PhaseFacts.Domain d : phase.domains()) {
      Double target = figures.get("domain-share.target." + d.name());
      rows.add(
          List.of(
              d.name(),
              number(d.documentsBefore()),
              number(d.documentsAfter()),
              number(d.tokensBefore()),
              number(d.tokensAfter()),
              percent(phase.domainShareBefore(d)),
              target("domain-share.target." + d.name()),
              percent(phase.domainShareAfter(d)),
              percent(d.longShareBefore()),
              target("long-share.target." + d.name()),
              percent(d.longShareAfter())));
      if (target != null) {
        drifts.put(d.name(), 100 * (phase.domainShareAfter(d) - target));
      }
    }

    return section(
        h2(heading("Mixture")),
        p(
            "Shares of tokens as they were, as they were asked for and as they are. Documents of %s tokens and more are long."
                .formatted(number(phase.longFrom()))),
        drawn(Charts.domains(phase), "Share of each domain"),
        drawn(Charts.longShares(phase), "Share of long documents inside each domain"),
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
        drift(drifts));
  }

  /** How far the shares are off their targets. */
  private DomContent drift(Map<String, Double> points) {
    if (points.isEmpty()) {
      return section();
    }

    return div(
        h3("Drift"),
        p(
            "At most %s points of a domain's share, %s of its long documents' and %s of a cell's are off. The per-source mix of Fu et al. (arXiv 2402.10171, figure 2) is off by about 2."
                .formatted(points("drift.domain"), points("drift.long"), points("drift.cell"))),
        drawn(Charts.drift(points), "Points by which domains are off their targets"),
        cells(),
        beyond());
  }

  private DomContent cells() {
    List<List<String>> rows = new ArrayList<>();
    for (PhaseFacts.LengthCell cell : phase.lengths()) {
      String name = cell.domain() + "." + cell.bucket().label();
      rows.add(
          List.of(
              cell.domain(),
              cell.bucket().label(),
              number(cell.tokensBefore()),
              number(cell.tokensAfter()),
              target("cell-share.target." + name),
              percent(Facts.share(cell.tokensAfter(), phase.tokensAfter())),
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
        phase.beyond().stream()
            .filter(b -> b.tokensBefore() > 0)
            .map(PhaseFacts.Beyond::position)
            .distinct()
            .sorted()
            .toList();
    if (positions.isEmpty()) {
      return section();
    }

    List<String> heading = new ArrayList<>(List.of("domain", ""));
    positions.forEach(position -> heading.add(Charts.bucket(position)));
    List<List<String>> rows = new ArrayList<>();
    for (PhaseFacts.Domain domain : phase.domains()) {
      List<String> before = new ArrayList<>(List.of(domain.name(), "in"));
      List<String> after = new ArrayList<>(List.of("", "out"));
      phase.beyond().stream()
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

  private String target(String name) {
    Double share = figures.get(name);
    return share == null ? "" : percent(share);
  }

  private String points(String name) {
    return String.format(Locale.ROOT, "%.2f", 100 * figures.getOrDefault(name, 0.0));
  }

  private DomContent lengths() {
    Map<String, List<PhaseFacts.LengthCell>> byDomain =
        phase.lengths().stream()
            .collect(
                Collectors.groupingBy(
                    PhaseFacts.LengthCell::domain, TreeMap::new, Collectors.toList()));
    if (byDomain.isEmpty()) {
      return section();
    }

    return section(
        h2(heading("Lengths, before and after")),
        each(byDomain, (domain, cells) -> drawn(Charts.lengths(cells), domain)));
  }

  private DomContent sequences() {
    if (phase.packers().isEmpty()) {
      return section();
    }

    List<List<String>> rows = new ArrayList<>();
    for (PhaseFacts.Packed packed : phase.packers()) {
      rows.add(
          List.of(
              packed.packer(),
              number(packed.sequences()),
              percent(packed.fill()),
              number(packed.padTokens()),
              decimal(packed.relatedness())));
    }

    return section(
        h2(heading("Sequences")),
        grid(List.of("packer", "sequences", "fill", "padding tokens", "mean relatedness"), rows));
  }
}
