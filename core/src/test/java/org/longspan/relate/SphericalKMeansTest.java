package org.longspan.relate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SphericalKMeansTest {
  @Test
  void vectorsOfThreeDirectionsFallIntoThreeCells() {
    Centroids centroids = new SphericalKMeans(3, 90, 10, 5).of(axes(90, 0.1));

    assertThat(IntStream.range(0, 3).map(axis -> centroids.nearest(axis(axis))).distinct())
        .hasSize(3);
    assertThat(centroids.direction(centroids.nearest(axis(1)))[1]).isGreaterThan(0.99f);
  }

  @Test
  void theNearestComeInOrderAndTheirLengthDoesNotMatter() {
    Centroids centroids = new SphericalKMeans(3, 90, 10, 5).of(axes(90, 0.1));
    int[] nearest = centroids.nearest(new float[] {50, 20, 1}, 2);

    assertThat(nearest).containsExactly(centroids.nearest(axis(0)), centroids.nearest(axis(1)));
    assertThat(centroids.nearest(axis(0), 9)).hasSize(3);
  }

  /** Ten equal vectors and one other: nine of ten cells lose their vectors in the first round. */
  @Test
  void everyCellGetsAVectorAlsoWhereAllAreEqual() {
    UnitVectors.Builder equal = UnitVectors.ofDimension(3);
    IntStream.range(0, 10).forEach(i -> equal.add(axis(0)));
    Centroids centroids = new SphericalKMeans(10, 20, 5, 5).of(equal.add(axis(2)).build());

    assertThat(centroids.size()).isEqualTo(10);
    assertThat(centroids.direction(centroids.nearest(axis(2)))).containsExactly(0, 0, 1);
  }

  @Test
  void vectorsThatCancelOutKeepTheirCentroid() {
    UnitVectors opposite =
        UnitVectors.ofDimension(2).add(new float[] {1, 0}).add(new float[] {-1, 0}).build();
    Centroids centroids = new SphericalKMeans(1, 2, 3, 5).of(opposite);

    assertThat(Math.abs(centroids.direction(0)[0])).isEqualTo(1);
  }

  @Test
  void fewerVectorsThanCentroidsGiveFewerCentroids() {
    assertThat(new SphericalKMeans(8, 8, 3, 5).of(axes(2, 0.1)).size()).isEqualTo(2);
  }

  @Test
  void theSampleAndTheSeedDecide() {
    UnitVectors vectors = new Mixture(8, 5, 5, 1).vectors(500);
    float[] once = new SphericalKMeans(7, 100, 5, 3).of(vectors).direction(6);

    assertThat(new SphericalKMeans(7, 100, 5, 3).of(vectors).direction(6)).isEqualTo(once);
    assertThat(new SphericalKMeans(7, 100, 5, 4).of(vectors).direction(6)).isNotEqualTo(once);
  }

  @Test
  void centroidsCanBeSentToOtherMachines() throws IOException, ClassNotFoundException {
    Centroids centroids = new SphericalKMeans(3, 90, 10, 5).of(axes(90, 0.1));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(centroids);
    }

    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      Centroids read = (Centroids) in.readObject();
      assertThat(read.nearest(axis(2), 3)).isEqualTo(centroids.nearest(axis(2), 3));
    }
  }

  @Test
  void whatCannotBeClusteredIsRefused() {
    assertThatThrownBy(() -> new SphericalKMeans(4, 3, 1, 5))
        .hasMessageContaining("not 4, 3 and 1");
    assertThatThrownBy(() -> new SphericalKMeans(1, 1, 1, 5).of(UnitVectors.ofDimension(2).build()))
        .hasMessageContaining("There are no vectors to cluster");
  }

  private static UnitVectors axes(int size, double spread) {
    Random random = new Random(7);
    UnitVectors.Builder vectors = UnitVectors.ofDimension(3);
    for (int i = 0; i < size; i++) {
      float[] vector = axis(i % 3);
      for (int c = 0; c < 3; c++) {
        vector[c] += (float) (spread * random.nextGaussian());
      }

      vectors.add(vector);
    }

    return vectors.build();
  }

  private static float[] axis(int number) {
    float[] axis = new float[3];
    axis[number] = 1;
    return axis;
  }
}
