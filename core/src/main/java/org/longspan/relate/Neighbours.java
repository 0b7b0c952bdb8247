package org.longspan.relate;

/**
 * The neighbours of one vector, the most similar first, equal ones by number.
 *
 * @param ids numbers of the neighbours
 * @param similarities their cosines, from -1 to 1
 */
public record Neighbours(int[] ids, float[] similarities) {
  /** How many there are. */
  public int size() {
    return ids.length;
  }
}
