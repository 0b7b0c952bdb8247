package org.longspan.pack;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.longspan.seed.Seeded;

/**
 * p-Mix of LongMagpie, arXiv 2505.17134: a row begins with a short document, and goes on with a
 * long one with the chance p, else with a short one, until it is full. So no row is without short
 * text while there is some, and long text comes behind it.
 *
 * <p>Documents of both kinds come in an order of chance; where one kind is used up the other goes
 * on alone. A row is cut at exactly L, and what the cut leaves over goes to {@link Layout#rest()}.
 * Copies are laid out in rounds, so that they never share a row.
 *
 * <p>Cost: O(n log n) for n copies.
 */
public final class PMix implements Packer {
  static final String NAME = "p-mix";

  private final int sequenceLength;
  private final Options options;

  /**
   * What a row draws.
   *
   * @param longFrom tokens from which a document is long, a separator counted; at least 1
   * @param longChance p, from 0 to 1
   */
  public record Options(int longFrom, double longChance) implements Serializable {
    /** p as published; from where a document is long is not printed, and chosen here. */
    public static final Options PUBLISHED = new Options(8192, 0.4);

    public Options {
      if (longFrom < 1 || !(longChance >= 0 && longChance <= 1)) {
        throw new IllegalArgumentException(
            "p-Mix needs a border of at least 1 token and a chance from 0 to 1, not %d and %s."
                .formatted(longFrom, longChance));
      }
    }
  }

  /**
   * @param sequenceLength L, tokens of every row, at least 1
   */
  PMix(int sequenceLength, Options options) {
    this.sequenceLength = sequenceLength;
    this.options = options;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Reach reach() {
    return Reach.CORPUS;
  }

  @Override
  public Layout pack(Slice documents, Edges edges, long seed) {
    List<Layout.Row> rows = new ArrayList<>();
    List<Item> rest = new ArrayList<>();
    List<List<Item>> rounds = Rounds.of(documents.items());
    for (int round = 0; round < rounds.size(); round++) {
      Pools pools = new Pools(rounds.get(round), documents, seed, options.longFrom());
      while (pools.tokens() >= sequenceLength) {
        rows.add(row(pools, round, rows.size(), seed, rest));
      }

      rest.addAll(pools.left());
    }

    return new Layout(rows, rest);
  }

  private Layout.Row row(Pools pools, int round, int number, long seed, List<Item> rest) {
    List<Item> items = new ArrayList<>();
    for (int room = sequenceLength; room > 0; ) {
      long hash = Seeded.hash(seed, "p-mix", "row " + number, items.size());
      boolean takesLong = !items.isEmpty() && Seeded.unit(hash) < options.longChance();
      List<Item> parts = pools.next(takesLong).pieces(room);
      items.add(parts.get(0));
      room -= parts.get(0).length();
      if (parts.size() > 1) {
        rest.add(
            new Item(
                parts.get(0).document(),
                round,
                parts.get(0).end(),
                parts.get(parts.size() - 1).end()));
      }
    }

    return new Layout.Row(items, items.size() == 1 ? 1 : 0, sequenceLength);
  }

  /** Copies that are not placed yet, short and long ones. */
  private static final class Pools {
    private final Deque<Item> shorts = new ArrayDeque<>();
    private final Deque<Item> longs = new ArrayDeque<>();
    private long tokens;

    Pools(List<Item> copies, Slice documents, long seed, int longFrom) {
      int[] order =
          HashOrder.of(
              copies.size(),
              i -> {
                Item copy = copies.get(i);
                return Seeded.hash(
                    seed, "p-mix order", documents.ids()[copy.document()], copy.copy());
              });
      for (int i : order) {
        Item copy = copies.get(i);
        (copy.length() < longFrom ? shorts : longs).add(copy);
        tokens += copy.length();
      }
    }

    long tokens() {
      return tokens;
    }

    Item next(boolean takesLong) {
      Deque<Item> first = takesLong ? longs : shorts;
      Deque<Item> second = takesLong ? shorts : longs;
      Item item = first.isEmpty() ? second.remove() : first.remove();
      tokens -= item.length();
      return item;
    }

    List<Item> left() {
      List<Item> left = new ArrayList<>(shorts);
      left.addAll(longs);
      return left;
    }
  }
}
