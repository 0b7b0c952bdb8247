package org.longspan.pack;

import java.util.ArrayList;
import java.util.List;

/**
 * The copies of documents in rounds: round r holds copy r of each document that has one. Rows that
 * keep to a round never hold two copies of a document.
 */
final class Rounds {
  private Rounds() {}

  /** The items of each copy number, in their order. */
  static List<List<Item>> of(List<Item> items) {
    List<List<Item>> rounds = new ArrayList<>();
    for (Item item : items) {
      while (rounds.size() <= item.copy()) {
        rounds.add(new ArrayList<>());
      }

      rounds.get(item.copy()).add(item);
    }

    return rounds;
  }
}
