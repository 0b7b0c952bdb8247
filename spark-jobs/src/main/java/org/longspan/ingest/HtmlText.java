package org.longspan.ingest;

import java.util.regex.Pattern;
import org.apache.commons.text.StringEscapeUtils;

/**
 * What a page's text needs around the removal of its tags: line breaks where blocks begin and end,
 * before; and characters for entities, after. All of it is linear in the length of the page.
 */
final class HtmlText {
  /**
   * Scripts, styles, comments, declarations, short navigation bars, and tags. A script or comment
   * that is not closed reaches to the end of the page, as in browsers. No part can be tried twice
   * on the same characters, which keeps the search linear: the navigation bar's length is bounded
   * for that.
   */
  static final String MARKUP =
      "(?is)<(?:!--.*?(?:-->|\\z)"
          + "|script\\b[^<>]*+>.*?(?:</script\\s*+>|\\z)"
          + "|style\\b[^<>]*+>.*?(?:</style\\s*+>|\\z)"
          + "|nav\\b[^<>]*+>.{0,20000}?</nav\\s*+>"
          + "|!doctype\\b[^<>\\[]*+(?:\\[.*?\\]\\s*+)?+>"
          + "|\\?[^<>]*+>"
          + "|/?+[a-z][^<>]*+>)";

  private static final String ATTRIBUTES = "\\b[^<>]*+>";
  private static final String LINES =
      "(?:address|body|caption|dd|details|div|dt|figcaption|li|summary|tbody|tfoot|thead|tr)";
  private static final String PARAGRAPHS =
      "(?:article|aside|blockquote|dl|fieldset|figure|footer|form|h[1-6]|header|main|ol|p|pre"
          + "|section|table|title|ul)";

  private static final Pattern PARAGRAPH = tag("</?+" + PARAGRAPHS + ATTRIBUTES);
  private static final Pattern LINE_BEGIN = tag("(?<!\n)<" + LINES + ATTRIBUTES);
  private static final Pattern LINE_END =
      tag("<(?:/" + LINES + "|br|hr)" + ATTRIBUTES + "(?![ \\t]{0,80}+\r?+\n)");
  private static final Pattern CELL = tag("</(?:td|th)" + ATTRIBUTES);

  private HtmlText() {}

  /**
   * Puts an empty line before each paragraph's tag, line breaks before and after lines, list items
   * and table rows where the page has none, and a space after each table cell.
   */
  static String withBreaks(String page) {
    String paragraphs = PARAGRAPH.matcher(page).replaceAll("\n\n$0");
    String begun = LINE_BEGIN.matcher(paragraphs).replaceAll("\n$0");
    String ended = LINE_END.matcher(begun).replaceAll("$0\n");
    return CELL.matcher(ended).replaceAll("$0 ");
  }

  /**
   * Decodes entities, then takes away white space at the ends of lines, and of several blank lines
   * all but one. Indentation stays: it means something in code.
   */
  static String finished(String text) {
    String decoded =
        StringEscapeUtils.unescapeHtml4(text.replace("&apos;", "'")).replace('\u00A0', ' ');
    StringBuilder tidy = new StringBuilder(decoded.length());
    int blank = 0;
    for (String line : (Iterable<String>) decoded.lines()::iterator) {
      String kept = line.stripTrailing();
      blank = kept.isEmpty() ? blank + 1 : 0;
      if (blank < 2 && (tidy.length() > 0 || blank == 0)) {
        tidy.append(kept).append('\n');
      }
    }

    return tidy.toString().stripTrailing();
  }

  private static Pattern tag(String expression) {
    return Pattern.compile(expression, Pattern.CASE_INSENSITIVE);
  }
}
