package org.longspan.relate;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether two dialogues repeat each other, by the rule with which Re3Dial (arXiv 2305.02606) keeps
 * a session from being followed by its own words: an utterance of one equals an utterance of the
 * other, or contains one, or has more than so many characters in a row in common with one.
 *
 * <p>An utterance is a line without the white space around it. Utterances of fewer than {@code
 * shortest} characters count only as part of longer ones: the published rule has no such bound, and
 * by it "I" or "ok", which some word of any dialogue contains, would leave no pair.
 *
 * <p>Equal or contained utterances that are long have a long passage in common anyway. So what is
 * compared is passages of {@code common} + 1 characters, all of them, and utterances that are
 * shorter as wholes, found by hashes and verified. Cost: O(characters · common) for the one
 * dialogue, then O(characters of both · (1 + different lengths of short utterances)) for each
 * other; memory some 24 bytes a different passage of the one.
 *
 * @param common the most characters in a row (UTF-16 units) that two utterances may have in common,
 *     at least 1; Re3Dial has 10, for Chinese
 * @param shortest utterance that counts as a whole, in characters, at least 1
 */
public record UtteranceOverlap(int common, int shortest) implements Serializable {
  private static final Pattern UTTERANCE = Pattern.compile("\\S(?:.*\\S)?");

  public UtteranceOverlap {
    if (common < 1 || shortest < 1) {
      throw new IllegalArgumentException(
          "Dialogues are compared by passages and utterances of at least 1 character, not %d and %d."
              .formatted(common, shortest));
    }
  }

  /** One dialogue, made ready to be compared with many. */
  public Dialogue of(String text) {
    return new Dialogue(text);
  }

  /** The utterances up to {@code common} characters, by length. */
  private Map<Integer, Passages> shortUtterances(String text) {
    Map<Integer, Passages> byLength = new TreeMap<>();
    Matcher matcher = UTTERANCE.matcher(text);
    while (matcher.find()) {
      int length = matcher.end() - matcher.start();
      if (length >= shortest && length <= common) {
        byLength.computeIfAbsent(length, l -> new Passages(text, l)).add(matcher.start());
      }
    }

    return byLength;
  }

  private Passages longPassages(String text) {
    Passages passages = new Passages(text, common + 1);
    Matcher matcher = UTTERANCE.matcher(text);
    while (matcher.find()) {
      for (int from = matcher.start(); from + common < matcher.end(); from++) {
        passages.add(from);
      }
    }

    return passages;
  }

  /** A dialogue with its passages. */
  public final class Dialogue {
    private final String text;
    private final Passages passages;
    private final Map<Integer, Passages> utterances;

    private Dialogue(String text) {
      this.text = text;
      this.passages = longPassages(text);
      this.utterances = shortUtterances(text);
    }

    /** Whether this dialogue and the other repeat each other; the same in both directions. */
    public boolean overlaps(String other) {
      return passages.anyIn(other)
          || utterances.values().stream().anyMatch(own -> own.anyIn(other))
          || shortUtterances(other).values().stream().anyMatch(theirs -> theirs.anyIn(text));
    }
  }
}
