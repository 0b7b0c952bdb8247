package org.longspan.relate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class NearestNeighboursTest {
  private static final long SEED = 11;

  /** More than two blocks at the upper end, and dimensions that are no multiple of four. */
  @Property(tries = 15)
  void exhaustiveSearchFindsWhatALoopOverAllPairsFinds(
      @ForAll @IntRange(min = 0, max = 530) int size,
      @ForAll @IntRange(min = 1, max = 9) int dimension,
      @ForAll @IntRange(min = 1, max = 12) int k,
      @ForAll long seed) {
    UnitVectors vectors = few(size, dimension, seed);
    NearestNeighbours found = new ExactNeighbours().among(vectors, k);

    assertThat(found.size()).isEqualTo(size);
    for (int i = 0; i < size; i++) {
      assertSame(found.of(i), byLoop(vectors, i, k));
    }
  }

  @Property(tries = 20)
  void listsThatAreAllProbedFindTheSameAsTheExhaustiveSearch(
      @ForAll @IntRange(min = 0, max = 400) int size,
      @ForAll @IntRange(min = 1, max = 12) int lists,
      @ForAll long seed) {
    UnitVectors vectors = few(size, 6, seed);
    NearestNeighbours exact = new ExactNeighbours().among(vectors, 5);
    NearestNeighbours found = new InvertedLists(lists, lists, seed).among(vectors, 5);

    for (int i = 0; i < size; i++) {
      assertSame(found.of(i), exact.of(i));
    }
  }

  @Test
  void fewListsFindNearlyAllNeighboursOfClusteredVectors() {
    UnitVectors vectors = new Mixture(32, 20, 10, SEED).vectors(6000);
    NearestNeighbours exact = new ExactNeighbours().among(vectors, 10);
    NearestNeighbours found = InvertedLists.forSize(6000, SEED).among(vectors, 10);

    assertThat(recall(exact, found, IntStream.range(0, 6000).toArray())).isBetween(0.95, 1.0);
  }

  @Test
  void oneProbeFindsFewerThanMany() {
    UnitVectors vectors = new Mixture(32, 20, 10, SEED).vectors(3000);
    int[] all = IntStream.range(0, 3000).toArray();
    NearestNeighbours exact = new ExactNeighbours().among(vectors, 10);
    double one = recall(exact, new InvertedLists(100, 1, SEED).among(vectors, 10), all);
    double sixteen = recall(exact, new InvertedLists(100, 16, SEED).among(vectors, 10), all);

    assertThat(one).isPositive().isLessThan(sixteen);
  }

  @Test
  void equalVectorsAreNeighboursInTheOrderOfTheirNumbers() {
    UnitVectors.Builder vectors = UnitVectors.ofDimension(3);
    IntStream.range(0, 6).forEach(i -> vectors.add(new float[] {0.1f, 0.7f, i % 2}));
    NearestNeighbours found = NearestNeighbours.among(vectors.build(), 3, SEED);

    assertThat(found.of(4).ids()).containsExactly(0, 2, 1);
    assertThat(found.of(1).ids()).containsExactly(3, 5, 0);
    assertThat(found.of(4).similarities()[1]).isEqualTo(found.of(4).similarities()[0]);
  }

  @Test
  void theSameSeedFindsTheSame() {
    UnitVectors vectors = new Mixture(16, 5, 5, SEED).vectors(2000);
    NearestNeighbours once = new InvertedLists(40, 2, 3).among(vectors, 4);
    NearestNeighbours again = new InvertedLists(40, 2, 3).among(vectors, 4);
    NearestNeighbours other = new InvertedLists(40, 2, 4).among(vectors, 4);

    IntStream.range(0, 2000).forEach(i -> assertSame(again.of(i), once.of(i)));
    assertThat(IntStream.range(0, 2000))
        .anyMatch(i -> !Arrays.equals(other.of(i).ids(), once.of(i).ids()));
  }

  @Test
  void aLoneVectorHasNoNeighbours() {
    UnitVectors alone = UnitVectors.ofDimension(2).add(new float[] {3, 4}).build();

    assertThat(NearestNeighbours.among(alone, 10, SEED).of(0).size()).isZero();
    assertThat(new InvertedLists(4, 2, SEED).among(alone, 10).of(0).size()).isZero();
  }

  @Test
  void searchesForNothingAreRefused() {
    UnitVectors vectors = few(3, 2, SEED);

    assertThatThrownBy(() -> NearestNeighbours.among(vectors, 0, SEED))
        .hasMessage("A search needs at least 1 neighbour a vector, not 0.");
    assertThatThrownBy(() -> new InvertedLists(0, 1, SEED)).hasMessageContaining("not 0 and 1");
  }

  /** The share of the true neighbours that are found. */
  static double recall(NearestNeighbours exact, NearestNeighbours found, int[] asked) {
    long wanted = 0;
    long hits = 0;
    for (int i : asked) {
      List<Integer> ids = Arrays.stream(found.of(i).ids()).boxed().toList();
      wanted += exact.of(i).size();
      hits += Arrays.stream(exact.of(i).ids()).filter(ids::contains).count();
    }

    return (double) hits / wanted;
  }

  private static void assertSame(Neighbours found, Neighbours expected) {
    assertThat(found.ids()).isEqualTo(expected.ids());
    assertThat(found.similarities()).isEqualTo(expected.similarities());
  }

  private static Neighbours byLoop(UnitVectors vectors, int i, int k) {
    int[] ids =
        IntStream.range(0, vectors.size())
            .filter(j -> j != i)
            .boxed()
            .sorted(
                Comparator.comparingDouble((Integer j) -> -vectors.dot(i, j))
                    .thenComparing(Comparator.naturalOrder()))
            .limit(k)
            .mapToInt(Integer::intValue)
            .toArray();
    float[] similarities = new float[ids.length];
    for (int rank = 0; rank < ids.length; rank++) {
      similarities[rank] = vectors.dot(i, ids[rank]);
    }

    return new Neighbours(ids, similarities);
  }

  /** Vectors of small whole numbers, so that many are equal or have equal cosines. */
  private static UnitVectors few(int size, int dimension, long seed) {
    Random random = new Random(seed);
    UnitVectors.Builder vectors = UnitVectors.ofDimension(dimension);
    for (int i = 0; i < size; i++) {
      float[] vector = new float[dimension];
      vector[random.nextInt(dimension)] = 1;
      for (int c = 0; c < dimension; c++) {
        vector[c] += random.nextInt(3);
      }

      vectors.add(vector);
    }

    return vectors.build();
  }
}
