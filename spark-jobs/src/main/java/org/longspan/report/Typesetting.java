package org.longspan.report;

import static j2html.TagCreator.each;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import j2html.tags.DomContent;
import j2html.tags.specialized.TableTag;
import java.util.List;
import java.util.Locale;

/** Figures, tables and numbers as every section of the report sets them. */
final class Typesetting {
  private Typesetting() {}

  static DomContent drawn(String svg, String caption) {
    return figure(figcaption(caption), rawHtml(svg));
  }

  static TableTag grid(List<String> header, List<List<String>> rows) {
    return table(
        thead(tr(each(header, h -> th(h)))), tbody(each(rows, row -> tr(each(row, c -> td(c))))));
  }

  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  static String decimal(double value) {
    return Math.abs(value - Math.rint(value)) < 1e-9 && Math.abs(value) < 1e15
        ? number((long) Math.rint(value))
        : String.format(Locale.ROOT, "%.3f", value);
  }
}
