package org.longspan.relate;

import java.util.Arrays;

/**
 * Passages of one length that stand in a text, each once, to be looked for in other texts: a hash
 * table of their places. A polynomial hash moves along the other text in constant time a character
 * (Karp and Rabin, "Efficient randomized pattern-matching algorithms", 1987), and what it finds is
 * compared character by character.
 */
final class Passages {
  private static final long BASE = 0x9E3779B97F4A7C15L;
  private static final int FREE = -1;

  private final String text;
  private final int length;

  private long[] hashes = new long[16];
  private int[] places = filled(16);
  private int size;

  Passages(String text, int length) {
    this.text = text;
    this.length = length;
  }

  /** Adds the passage that begins there. */
  void add(int place) {
    long hash = hash(text, place);
    int slot = slot(hash, text, place);
    if (places[slot] != FREE) {
      return;
    }

    hashes[slot] = hash;
    places[slot] = place;
    if (++size * 2 > places.length) {
      grow();
    }
  }

  /** Whether another text holds one of them. O(its characters). */
  boolean anyIn(String other) {
    if (size == 0 || other.length() < length) {
      return false;
    }

    long leaving = power();
    long hash = hash(other, 0);
    for (int place = 0; ; place++) {
      if (places[slot(hash, other, place)] != FREE) {
        return true;
      }

      if (place + length == other.length()) {
        return false;
      }

      hash = hash * BASE + other.charAt(place + length) - leaving * other.charAt(place);
    }
  }

  /** Where that passage is, or the free slot where it would be. */
  private int slot(long hash, String from, int place) {
    int slot = first(hash);
    while (places[slot] != FREE
        && !(hashes[slot] == hash && text.regionMatches(places[slot], from, place, length))) {
      slot = (slot + 1) & (places.length - 1);
    }

    return slot;
  }

  private int first(long hash) {
    long mixed = (hash ^ (hash >>> 32)) * BASE;
    return (int) (mixed >>> 33) & (places.length - 1);
  }

  private void grow() {
    long[] oldHashes = hashes;
    int[] oldPlaces = places;
    hashes = new long[2 * oldHashes.length];
    places = filled(2 * oldPlaces.length);
    for (int old = 0; old < oldPlaces.length; old++) {
      if (oldPlaces[old] != FREE) {
        int slot = first(oldHashes[old]);
        while (places[slot] != FREE) {
          slot = (slot + 1) & (places.length - 1);
        }

        hashes[slot] = oldHashes[old];
        places[slot] = oldPlaces[old];
      }
    }
  }

  private long hash(String from, int place) {
    long hash = 0;
    for (int i = place; i < place + length; i++) {
      hash = hash * BASE + from.charAt(i);
    }

    return hash;
  }

  private long power() {
    long power = 1;
    for (int i = 0; i < length; i++) {
      power *= BASE;
    }

    return power;
  }

  private static int[] filled(int slots) {
    int[] places = new int[slots];
    Arrays.fill(places, FREE);
    return places;
  }
}
