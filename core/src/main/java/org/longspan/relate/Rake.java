package org.longspan.relate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rapid automatic keyword extraction (Rose et al., 2010), by which Quest, arXiv 2405.19846, finds
 * the keywords that documents share.
 *
 * <p>Candidates are the runs of words between stop words and punctuation. A word scores deg / freq:
 * how many words stand with it in its candidates, itself counted, against how often it stands
 * there. A candidate scores the sum of its words.
 *
 * <p>Cost: O(words).
 *
 * @param stopWords in lower case
 * @param mostWords words of a keyword at most; longer runs are seldom phrases
 */
public record Rake(Set<String> stopWords, int mostWords) {
  private static final Pattern WORD_OR_BREAK =
      Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}'’-]*|[^\\s\\p{L}\\p{N}]|\\n\\s*\\n");
  private static final int SHORTEST_WORD = 3;

  public Rake {
    stopWords = Set.copyOf(stopWords);
  }

  /** A keyword in lower case and its score. */
  public record Keyword(String words, double score) {}

  /** The keywords of a text, the highest scores first, ties by the words. */
  public List<Keyword> keywords(String text) {
    List<List<String>> candidates = candidates(text);
    Map<String, Integer> frequency = new HashMap<>();
    Map<String, Integer> degree = new HashMap<>();
    for (List<String> candidate : candidates) {
      for (String word : candidate) {
        frequency.merge(word, 1, Integer::sum);
        degree.merge(word, candidate.size(), Integer::sum);
      }
    }

    Map<String, Double> scores = new LinkedHashMap<>();
    for (List<String> candidate : candidates) {
      scores.computeIfAbsent(
          String.join(" ", candidate),
          words ->
              candidate.stream()
                  .mapToDouble(word -> (double) degree.get(word) / frequency.get(word))
                  .sum());
    }

    return scores.entrySet().stream()
        .map(scored -> new Keyword(scored.getKey(), scored.getValue()))
        .sorted(Comparator.comparingDouble(Keyword::score).reversed().thenComparing(Keyword::words))
        .toList();
  }

  private List<List<String>> candidates(String text) {
    List<List<String>> candidates = new ArrayList<>();
    List<String> run = new ArrayList<>();
    Matcher parts = WORD_OR_BREAK.matcher(text);
    while (parts.find()) {
      String part = parts.group().toLowerCase(Locale.ROOT);
      if (isKeyword(part)) {
        run.add(part);
      } else {
        close(run, candidates);
      }
    }

    close(run, candidates);
    return candidates;
  }

  private boolean isKeyword(String part) {
    return part.length() >= SHORTEST_WORD
        && part.chars().anyMatch(Character::isLetter)
        && !stopWords.contains(part);
  }

  private void close(List<String> run, List<List<String>> candidates) {
    if (!run.isEmpty() && run.size() <= mostWords) {
      candidates.add(List.copyOf(run));
    }

    run.clear();
  }
}
