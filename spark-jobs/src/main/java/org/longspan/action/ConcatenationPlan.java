package org.longspan.action;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.longspan.seed.Seeded;

/**
 * Which documents become native windows and which are strung together, domain by domain.
 *
 * <p>No document is both. Where a domain has too few others to use each once, all are used in
 * another order and grouping before one is used again.
 *
 * @param pieces of all windows
 * @param windows native windows of each domain, and as many concatenations
 * @param notes sentences about domains that were left out or have less than what was asked for
 */
record ConcatenationPlan(
    List<Piece> pieces, SortedMap<String, Integer> windows, List<String> notes) {
  private static final String NATIVE = ConcatenateResult.NATIVE;
  private static final String CONCATENATION = ConcatenateResult.CONCATENATION;

  /**
   * What a domain has to draw from.
   *
   * @param enough documents that have a piece's tokens
   * @param whole documents that have a window's tokens, in the order in which they are drawn
   * @param pieces documents that have a piece's tokens, in the order in which they are drawn
   */
  record Supply(String domain, long enough, List<String> whole, List<String> pieces) {}

  /**
   * The first tokens of a document.
   *
   * @param order place in the window
   */
  record Piece(String windowId, String domain, String kind, int order, String docId, int tokens) {}

  /**
   * @param shape what windows look like
   * @param most native windows of a domain
   */
  static ConcatenationPlan of(List<Supply> domains, Shape shape, int most, long seed) {
    List<Piece> pieces = new ArrayList<>();
    SortedMap<String, Integer> windows = new TreeMap<>();
    List<String> notes = new ArrayList<>();

    for (Supply domain : domains) {
      int count = Math.min(most, domain.whole.size());
      count = (int) Math.max(0, Math.min(count, domain.enough - shape.parts));

      if (count == 0) {
        notes.add(leftOut(domain, shape));
        continue;
      }

      List<String> chosen = domain.whole.subList(0, count);
      List<String> others = others(domain, chosen, count * shape.parts);
      note(domain.domain, shape, most, count, others.size(), notes);
      windows.put(domain.domain, count);

      for (String docId : chosen) {
        pieces.add(new Piece(NATIVE + " " + docId, domain.domain, NATIVE, 0, docId, shape.window));
      }

      int around = others.size() / shape.parts;
      List<List<String>> rounds =
          IntStream.rangeClosed(0, (count - 1) / around)
              .mapToObj(round -> ordered(others, round, seed))
              .toList();

      for (int c = 0; c < count; c++) {
        pieces.addAll(concatenation(domain.domain, c, rounds.get(c / around), c % around, shape));
      }
    }

    return new ConcatenationPlan(List.copyOf(pieces), windows, List.copyOf(notes));
  }

  /**
   * @param window tokens of a window
   * @param parts documents of a concatenation
   */
  record Shape(int window, int parts) {
    Shape {
      if (parts < 2 || parts > window) {
        throw new IllegalArgumentException(
            "A window of %,d tokens cannot be strung together of %,d documents: choose 2 to %,d."
                .formatted(window, parts, window));
      }
    }

    /** Tokens of the longest piece. */
    int longest() {
      return tokens(0);
    }

    /** The first pieces have one token more where the parts do not divide the window. */
    int tokens(int part) {
      return window / parts + (part < window % parts ? 1 : 0);
    }
  }

  private static List<String> others(Supply domain, List<String> chosen, int most) {
    Set<String> taken = new HashSet<>(chosen);
    return domain.pieces.stream().filter(docId -> !taken.contains(docId)).limit(most).toList();
  }

  /** The others in the order of a round, which uses each once. */
  private static List<String> ordered(List<String> others, int round, long seed) {
    return others.stream()
        .sorted(
            Comparator.comparingLong(
                    (String docId) -> Seeded.hash(seed, "concatenation-round", docId, round))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private static List<Piece> concatenation(
      String domain, int number, List<String> ordered, int place, Shape shape) {
    List<Piece> pieces = new ArrayList<>();

    for (int part = 0; part < shape.parts; part++) {
      pieces.add(
          new Piece(
              "%s %s %d".formatted(CONCATENATION, domain, number),
              domain,
              CONCATENATION,
              part,
              ordered.get(place * shape.parts + part),
              shape.tokens(part)));
    }

    return pieces;
  }

  private static String leftOut(Supply domain, Shape shape) {
    return domain.whole.isEmpty()
        ? "%s is left out: it has no document of %,d tokens.".formatted(domain.domain, shape.window)
        : "%s is left out: it has %,d documents of at least %,d tokens, and a window and a concatenation need %,d."
            .formatted(domain.domain, domain.enough, shape.longest(), shape.parts + 1);
  }

  private static void note(
      String domain, Shape shape, int most, int count, int others, List<String> notes) {
    if (count < most) {
      notes.add(
          "%s has %,d windows of each kind in place of %,d: that is what its documents of at least %,d tokens give."
              .formatted(domain, count, most, shape.window));
    }

    if (others < count * shape.parts) {
      int around = others / shape.parts;
      notes.add(
          "%s has %,d other documents for the %,d pieces of its concatenations: each is used up to %,d times."
              .formatted(domain, others, count * shape.parts, (count + around - 1) / around));
    }
  }
}
