package org.longspan.report;

import static j2html.TagCreator.div;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static org.longspan.report.Typesetting.decimal;
import static org.longspan.report.Typesetting.drawn;
import static org.longspan.report.Typesetting.grid;
import static org.longspan.report.Typesetting.number;
import static org.longspan.report.Typesetting.percent;

import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import org.longspan.action.RelatednessFigure;
import org.longspan.action.RelatednessMeasure;

/** The part of the report that tells how related the documents of a sequence are. */
final class RelatednessSection {
  private final String heading;
  private final List<RelatednessFigure> figures;

  RelatednessSection(String heading, List<RelatednessFigure> figures) {
    this.heading = heading;
    this.figures = figures;
  }

  DomContent render() {
    return figures.isEmpty() ? section() : section(h2(heading), domains(), hubs(), exposure());
  }

  private DomContent domains() {
    TreeSet<String> domains = new TreeSet<>();
    figures.stream()
        .filter(figure -> figure.atLeast() == null)
        .map(RelatednessFigure::domain)
        .filter(Objects::nonNull)
        .forEach(domains::add);
    if (domains.isEmpty()) {
      return div();
    }

    List<List<String>> rows = new ArrayList<>();
    for (String domain : domains) {
      rows.add(
          List.of(
              domain,
              told(RelatednessMeasure.WITHIN_ROW, domain, Typesetting::decimal),
              told(RelatednessMeasure.ACROSS_ROWS, domain, Typesetting::decimal),
              told(RelatednessMeasure.ZIPF, domain, Typesetting::decimal),
              told(RelatednessMeasure.ZIPF_MIXED, domain, Typesetting::decimal),
              told(RelatednessMeasure.NEAR_DUPLICATES, domain, Typesetting::percent),
              told(RelatednessMeasure.ALIKE_BEGINNINGS, domain, Typesetting::percent)));
    }

    return div(
        p(
            "Measured on a sample of sequences. Similarity is the mean cosine of two documents of one sequence, and of different ones, by vectors that the packer has not seen. A Zipf coefficient tells how steeply token frequencies fall; beside it that of sequences mixed of pieces of others. Shares are of documents side by side."),
        grid(
            List.of(
                "domain",
                "similarity within",
                "across",
                "Zipf",
                "mixed",
                "near-duplicates",
                "alike beginnings"),
            rows));
  }

  private String told(RelatednessMeasure measure, String domain, DoubleFunction<String> how) {
    return of(measure)
        .filter(figure -> domain.equals(figure.domain()))
        .map(figure -> how.apply(figure.value()))
        .findFirst()
        .orElse("");
  }

  private DomContent hubs() {
    Map<Long, Long> documents = new TreeMap<>();
    of(RelatednessMeasure.IN_DEGREE)
        .forEach(figure -> documents.put(figure.atLeast(), figure.count()));
    if (documents.isEmpty()) {
      return div();
    }

    double most = of(RelatednessMeasure.MOST_EDGES).findFirst().orElseThrow().value();
    double top = of(RelatednessMeasure.EDGES_TO_TOP).findFirst().orElseThrow().value();
    return div(
        drawn(
            Charts.hubs(documents),
            "Hubs: the most wanted document is the neighbour of %s, and %s of the edges lead to one document in a hundred"
                .formatted(decimal(most), percent(top))));
  }

  private DomContent exposure() {
    Map<Long, Double> masked = shares(RelatednessMeasure.EXPOSURE);
    if (masked.isEmpty()) {
      return div();
    }

    List<List<String>> rows =
        of(RelatednessMeasure.EXACT_WEIGHT)
            .map(
                figure ->
                    List.of(
                        number(figure.atLeast()),
                        number(figure.count()),
                        percent(masked.getOrDefault(figure.atLeast(), 0.0)),
                        decimal(figure.value())))
            .toList();
    return div(
        drawn(
            Charts.exposure(masked, shares(RelatednessMeasure.EXPOSURE_UNMASKED)),
            "Exposure: what trained tokens see before them"),
        grid(List.of("context with a mask, from", "tokens", "share", "EXACT's weight"), rows));
  }

  /** Shares of a histogram over all domains. */
  private Map<Long, Double> shares(RelatednessMeasure measure) {
    Map<Long, Long> tokens = new TreeMap<>();
    of(measure).forEach(figure -> tokens.merge(figure.atLeast(), figure.count(), Long::sum));
    long all = tokens.values().stream().mapToLong(Long::longValue).sum();
    Map<Long, Double> shares = new TreeMap<>();
    tokens.forEach((from, count) -> shares.put(from, Facts.share(count, all)));
    return shares;
  }

  private Stream<RelatednessFigure> of(RelatednessMeasure measure) {
    return figures.stream().filter(figure -> figure.measure().equals(measure.label()));
  }
}
