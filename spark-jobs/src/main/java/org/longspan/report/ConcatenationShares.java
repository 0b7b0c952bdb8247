package org.longspan.report;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How often a window of one document outscores a concatenation of several, a test by which LADM,
 * arXiv 2503.02502, shows that a score sees dependency: over all pairs of one domain, equal scores
 * counting half. Documents that belong to each other only by their domain should lose.
 *
 * @param separations of native windows from concatenations
 * @param windows native windows of each domain, and as many concatenations
 * @param notes sentences about the domains, below the table
 */
public record ConcatenationShares(
    List<Separation> separations, SortedMap<String, Integer> windows, List<String> notes) {
  /** A row a domain, a column a scorer; the last row their mean. */
  public String markdown() {
    List<String> scorers = separations.stream().map(Separation::scorer).distinct().toList();
    StringBuilder page = new StringBuilder();
    page.append("| domain | windows | %s |%n".formatted(String.join(" | ", scorers)));
    page.append("|---|---|%s%n".formatted("---|".repeat(scorers.size())));
    windows.forEach(
        (domain, count) ->
            page.append(
                row(domain, count.toString(), scorers.stream().map(s -> share(s, domain)))));
    page.append(row("mean", "", scorers.stream().map(this::mean)));

    if (!notes.isEmpty()) {
      page.append("%n%s%n".formatted(String.join(System.lineSeparator(), notes)));
    }

    return page.toString();
  }

  private double share(String scorer, String domain) {
    return of(scorer)
        .filter(each -> each.domain().equals(domain))
        .mapToDouble(Separation::auc)
        .findFirst()
        .orElse(Double.NaN);
  }

  private double mean(String scorer) {
    return of(scorer)
        .mapToDouble(Separation::auc)
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }

  private Stream<Separation> of(String scorer) {
    return separations.stream().filter(each -> each.scorer().equals(scorer));
  }

  private static String row(String name, String count, Stream<Double> shares) {
    return "| %s | %s | %s |%n"
        .formatted(
            name,
            count,
            shares
                .map(
                    share ->
                        Double.isFinite(share) ? String.format(Locale.ROOT, "%.2f", share) : "-")
                .collect(Collectors.joining(" | ")));
  }
}
