package org.longspan.retrieve;

import java.util.ArrayList;
import java.util.List;

/**
 * The next ones in a closed ring. Where members of a group have no order of nearness, each having
 * the next few for neighbours lets a walk go through all of them, and no member is everybody's
 * neighbour.
 */
final class Following {
  private Following() {}

  /**
   * The members behind one, at most so many and never itself.
   *
   * @param place of the member in the group
   */
  static <T> List<T> of(List<T> group, int place, int most) {
    int count = Math.min(most, group.size() - 1);
    List<T> following = new ArrayList<>(count);
    for (int step = 1; step <= count; step++) {
      following.add(group.get((place + step) % group.size()));
    }

    return following;
  }
}
