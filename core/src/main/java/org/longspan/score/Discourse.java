package org.longspan.score;

/**
 * What a text shows of its own making without a model. A word is a run of letters and digits, or
 * one Chinese character.
 *
 * @param characters code points of the text
 * @param words words of the text
 * @param connectives words that belong to a connective, such as the three of "as a result"
 * @param pronouns words that are pronouns or demonstratives, or belong to one
 * @param types distinct words
 * @param stretchTypes mean share of distinct words in stretches of equal length
 * @param lines lines that are not empty
 * @param longestLine code points of the longest line
 * @param commas commas
 * @param spaces blanks and tabs
 * @param bars vertical bars, of which tables are made
 */
public record Discourse(
    long characters,
    long words,
    long connectives,
    long pronouns,
    long types,
    double stretchTypes,
    long lines,
    long longestLine,
    long commas,
    long spaces,
    long bars) {}
