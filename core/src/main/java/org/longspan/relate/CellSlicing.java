package org.longspan.relate;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.longspan.seed.Seeded;

/**
 * Slices in which neighbours meet. A domain of more than one slice is cut into cells of texts that
 * are alike ({@link SphericalKMeans}), and cells that lie next to each other make a slice; a domain
 * of one slice needs no cells. What lies at the border of two slices is in both: at <em>home</em>
 * where its neighbours are searched and it is packed, and as a replica where others may find it.
 *
 * <p>A document is replicated where the second nearest middle lies in another slice and is nearly
 * as near: cos(second) ≥ {@value #BORDER} · cos(first). Its slices depend on its text, the middles
 * and the counts, and on no other document.
 *
 * <p>Cost: O(cells · dimension) a document; memory the middles.
 */
public final class CellSlicing implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final double BORDER = 0.9;

  /** Cells of a slice, so that slices can be cut to size. */
  private static final int CELLS_OF_A_SLICE = 8;

  private static final int MOST_CELLS = 256;

  /** Where a domain's slices begin; cells where it has several. */
  private record Domain(int first, Centroids middles, CellGroups.Places places)
      implements Serializable {}

  private final TreeMap<String, Domain> domains = new TreeMap<>();
  private final int count;
  private final long seed;

  private CellSlicing(
      SortedMap<String, Long> documents,
      Map<String, Centroids> middles,
      Map<String, long[]> counts,
      int size,
      long seed) {
    int slicesSoFar = 0;
    for (String name : documents.keySet()) {
      Centroids own = middles.get(name);
      CellGroups.Places places =
          own == null ? null : CellGroups.of(counts.get(name), similarities(own), size);
      domains.put(name, new Domain(slicesSoFar, own, places));
      slicesSoFar += own == null ? 1 : places.slices();
    }

    this.count = slicesSoFar;
    this.seed = seed;
  }

  /**
   * The slices of a selection.
   *
   * @param documents chosen documents of each domain
   * @param middles of the cells of the domains that have more documents than a slice
   * @param counts documents of each of their cells
   * @param sliceDocuments documents of a slice, about; at least 1
   * @param seed the run's seed
   */
  public static CellSlicing of(
      Map<String, Long> documents,
      Map<String, Centroids> middles,
      Map<String, long[]> counts,
      int sliceDocuments,
      long seed) {
    return new CellSlicing(new TreeMap<>(documents), middles, counts, sliceDocuments, seed);
  }

  /** How many cells a domain of so many documents should have: 0 where one slice holds it. */
  public static int cells(long documents, int sliceDocuments) {
    long slices = (documents + sliceDocuments - 1) / sliceDocuments;
    return slices <= 1 ? 0 : (int) Math.min(MOST_CELLS, slices * CELLS_OF_A_SLICE);
  }

  /** The cell of a text, and the second one where it lies at the border of two; none of zeros. */
  public static int[] cells(Centroids middles, float[] vector) {
    if (IntStream.range(0, vector.length).allMatch(i -> vector[i] == 0)) {
      return new int[0];
    }

    int[] nearest = middles.nearest(vector, 2);
    boolean near =
        nearest.length > 1
            && dot(vector, middles.direction(nearest[1]))
                >= BORDER * dot(vector, middles.direction(nearest[0]));
    return near ? nearest : Arrays.copyOf(nearest, 1);
  }

  /** How many slices there are. */
  public int count() {
    return count;
  }

  /** Whether documents of this domain have slices. */
  public boolean covers(String domain) {
    return domains.containsKey(domain);
  }

  /**
   * The slices of a document, its home first.
   *
   * @param cells as {@link #cells(Centroids, float[])} gives them; not read of a domain with one
   *     slice
   */
  public int[] slices(String domain, String docId, int[] cells) {
    Domain own = domains.get(domain);
    if (own.places() == null) {
      return new int[] {own.first()};
    }

    if (cells.length == 0) {
      long hash = Seeded.hash(seed, "slice", docId);
      return new int[] {own.first() + (int) Seeded.index(hash, own.places().slices())};
    }

    return Arrays.stream(cells).map(cell -> slice(own, docId, cell)).distinct().toArray();
  }

  private int slice(Domain own, String docId, int cell) {
    long hash = Seeded.hash(seed, "slice", docId);
    int part = (int) Seeded.index(hash, own.places().parts()[cell]);
    return own.first() + own.places().first()[cell] + part;
  }

  private static float[][] similarities(Centroids middles) {
    float[][] directions =
        IntStream.range(0, middles.size()).mapToObj(middles::direction).toArray(float[][]::new);
    return Arrays.stream(directions)
        .map(
            one -> {
              float[] row = new float[directions.length];
              for (int i = 0; i < row.length; i++) {
                row[i] = (float) dot(one, directions[i]);
              }

              return row;
            })
        .toArray(float[][]::new);
  }

  private static double dot(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }

    return sum;
  }
}
