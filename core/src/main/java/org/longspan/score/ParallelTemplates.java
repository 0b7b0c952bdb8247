package org.longspan.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.longspan.context.ContextWindow;
import org.longspan.context.ContextWindows;

/**
 * Recurring templates, Longspan's own stand-in for {@link ParallelStructures} that needs tokens
 * alone: how often a text says something in a form that it has used long before, with another word
 * in it.
 *
 * <pre>
 *   template = n tokens one of which, not the first or last, may be any: "a _ c d", "a b _ d"
 *   score    = share of tokens that end a template which ended at least d tokens before,
 *              and whose n tokens never stood in the window before
 * </pre>
 *
 * <p>Exact repeats are left out, so that copies of far text, which every other score of long-range
 * dependency rewards, count for nothing here. Tokens up to n + d - 2 of a window cannot end a
 * recurring template and are not counted.
 *
 * <p>Details: {@code eligible_tokens}, {@code template_tokens}, {@code repeated_tokens} (those that
 * end an exact repeat, among the eligible ones). Cost: O(tokens × n) time and memory for one window
 * at a time.
 */
public final class ParallelTemplates implements Scorer<ContextWindows> {
  private static final int ANY = -1;

  private final int ngram;
  private final int distance;

  /**
   * @param ngram n, tokens of a template, at least 3
   * @param distance d, tokens between the ends of two uses of a template, at least 1
   */
  public ParallelTemplates(int ngram, int distance) {
    if (ngram < 3 || distance < 1) {
      throw new IllegalArgumentException(
          "A template needs at least 3 tokens, and its uses at least 1 token between them, not %d and %d."
              .formatted(ngram, distance));
    }

    this.ngram = ngram;
    this.distance = distance;
  }

  /** Tokens of the shortest window in which a template can recur. */
  public int leastTokens() {
    return ngram + distance;
  }

  @Override
  public String name() {
    return "parallel-templates";
  }

  @Override
  public Score score(ContextWindows measured) {
    Counts counts = new Counts();

    for (ContextWindow window : measured.windows()) {
      count(window.tokens(), counts);
    }

    if (counts.eligible == 0) {
      return Score.tooShort(
          "None of the document's %d tokens stands %d tokens behind the end of a template of %d."
              .formatted(measured.documentTokens(), distance, ngram));
    }

    Map<String, Double> details = new TreeMap<>();
    details.put("eligible_tokens", (double) counts.eligible);
    details.put("template_tokens", (double) counts.templates);
    details.put("repeated_tokens", (double) counts.repeats);
    return Score.of((double) counts.templates / counts.eligible, details);
  }

  private void count(int[] tokens, Counts counts) {
    Set<List<Integer>> seen = new HashSet<>();
    Map<List<Integer>, Integer> firstEnd = new HashMap<>();

    for (int t = ngram - 1; t < tokens.length; t++) {
      List<Integer> whole = Arrays.stream(tokens, t - ngram + 1, t + 1).boxed().toList();
      boolean repeats = !seen.add(whole);
      boolean recurs = false;

      for (int slot = 1; slot < ngram - 1; slot++) {
        List<Integer> template = new ArrayList<>(whole);
        template.set(slot, ANY);
        // The first use is the farthest; where the whole is new, it had another word in the slot.
        Integer end = firstEnd.putIfAbsent(template, t);
        recurs |= end != null && t - end >= distance;
      }

      if (t >= ngram - 1 + distance) {
        counts.eligible++;
        counts.repeats += repeats ? 1 : 0;
        counts.templates += recurs && !repeats ? 1 : 0;
      }
    }
  }

  private static final class Counts {
    private long eligible;
    private long templates;
    private long repeats;
  }
}
