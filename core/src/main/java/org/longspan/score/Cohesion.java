package org.longspan.score;

import java.util.Map;

/**
 * How far a text ties its own sentences together: the connective filter that the InternLM2
 * technical report gives as its example of a statistical filter, arXiv 2403.17297, section 3.1.3,
 * and a part of LongWanjuan's cohesion, arXiv 2402.13583.
 *
 * <pre>
 *   score = words that belong to a connective / words
 * </pre>
 *
 * <p>Both leave it open what exactly is divided by what; here "as a result" is three of the words
 * of English text and 因此 two of the characters of Chinese text, and of overlapping connectives only
 * the longest counts (the released code counts one inside of the other again). The lists are
 * Longspan's own. LongWanjuan also asks a classifier of discourse markers, which is no part of
 * this. The report sets a threshold for each domain and language and does not print it, and says
 * that the filter is of no use on code: cut by quantile within domains.
 *
 * <p>Details: {@code words}, {@code connective_rate} (the score again), {@code pronoun_rate}. A
 * text without words is too short. Cost: O(1).
 */
public final class Cohesion implements Scorer<Discourse> {
  @Override
  public String name() {
    return "cohesion";
  }

  @Override
  public Score score(Discourse measured) {
    if (measured.words() == 0) {
      return Score.tooShort("The document has no words, so that nothing can tie them together.");
    }

    double words = measured.words();
    return Score.of(
        measured.connectives() / words,
        Map.of(
            "words",
            words,
            "connective_rate",
            measured.connectives() / words,
            "pronoun_rate",
            measured.pronouns() / words));
  }
}
