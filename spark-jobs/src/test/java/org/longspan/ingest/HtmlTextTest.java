package org.longspan.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HtmlTextTest {
  @Test
  void blocksBeginLinesAndInlineTagsJoin() {
    assertThat(text("<div>One <b>t</b>wo</div><p>three</p>")).isEqualTo("One two\n\nthree");
  }

  @Test
  void listItemsAndRowsAreLinesHoweverThePageIsBroken() {
    String packed = "<ul><li>a</li><li>b</li></ul><table><tr><td>1</td><td>2</td></tr></table>";
    String spread = packed.replace("><", ">\n<").replace("</td>\n", "</td>");

    assertThat(text(packed)).isEqualTo("a\nb\n\n1 2");
    assertThat(text(spread)).isEqualTo("a\nb\n\n1 2");
    assertThat(text("one<br>two<br/>\nthree")).isEqualTo("one\ntwo\nthree");
  }

  @Test
  void scriptsStylesCommentsAndDeclarationsGo() {
    String page =
        "<?xml version='1.0'?><!DOCTYPE html [<!ENTITY x \"y\">]>\n<style>p {}</style>"
            + "<script>if (a < b) {}</script><!-- <p>old</p> -->text<nav><a>Next</a></nav>";

    assertThat(text(page)).isEqualTo("text");
  }

  @Test
  void anUnclosedScriptReachesToTheEnd() {
    assertThat(text("seen<script>var x;")).isEqualTo("seen");
  }

  @Test
  void anUnclosedNavigationBarTakesNothingWithIt() {
    assertThat(text("<nav>menu<p>text")).isEqualTo("menu\n\ntext");
  }

  @Test
  void entitiesBecomeCharactersOnce() {
    assertThat(text("a&nbsp;&lt; b &amp;amp; &apos;c&apos; &#233;")).isEqualTo("a < b &amp; 'c' é");
  }

  @Test
  void comparisonsInTextStay() {
    assertThat(text("1 < 2 and 3 > 2")).isEqualTo("1 < 2 and 3 > 2");
  }

  @Test
  void indentationStaysAndBlankLinesMelt() {
    assertThat(text("<pre>\n  a\n    b  \n\n\n\n  c\n</pre>")).isEqualTo("  a\n    b\n\n  c");
  }

  private static String text(String page) {
    return HtmlText.finished(HtmlText.withBreaks(page).replaceAll(HtmlText.MARKUP, ""));
  }
}
