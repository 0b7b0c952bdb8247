package org.longspan.relate;

import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Neighbours of all of a million made-up embeddings, by lists and exhaustively. Run by hand, with
 * the number of vectors and of probes:
 *
 * <pre>
 * mvn -q -pl core test-compile
 * java -Xmx6g -cp core/target/classes:core/target/test-classes:HASH4J org.longspan.relate.NeighboursBenchmark 1000000 32
 * </pre>
 *
 * <p>Seconds are the thread's own. The exhaustive search runs for a sample of the vectors, and its
 * time for all is that times what the sample is a part of.
 */
final class NeighboursBenchmark {
  private static final int DIMENSION = 384;
  private static final int NEIGHBOURS = 10;
  private static final int ASKED = 1000;
  private static final long SEED = 11;

  private NeighboursBenchmark() {}

  public static void main(String[] arguments) {
    int size = Integer.parseInt(arguments[0]);
    int probes = Integer.parseInt(arguments[1]);
    UnitVectors vectors =
        timed("vectors made", () -> new Mixture(DIMENSION, 100, 100, SEED).vectors(size));
    int[] asked = new SplittableRandom(SEED).ints(ASKED, 0, size).distinct().toArray();
    timed("warm-up", () -> new ExactNeighbours().among(vectors, NEIGHBOURS, new int[] {0, 1}));
    double begun = seconds();
    NearestNeighbours exact =
        timed("exhaustive", () -> new ExactNeighbours().among(vectors, NEIGHBOURS, asked));
    double all = (seconds() - begun) * size / asked.length;
    InvertedLists usual = InvertedLists.forSize(size, SEED);
    InvertedLists lists = new InvertedLists(usual.lists(), probes, SEED);
    begun = seconds();
    NearestNeighbours found = timed(lists.toString(), () -> lists.among(vectors, NEIGHBOURS));
    double taken = seconds() - begun;
    System.out.printf(
        "%,d vectors: all exhaustively %,.0f s (from %d), in lists %,.1f s, %.1f times faster; recall@%d %.4f%n",
        size,
        all,
        asked.length,
        taken,
        all / taken,
        NEIGHBOURS,
        NearestNeighboursTest.recall(exact, found, asked));
  }

  private static <T> T timed(String what, Supplier<T> work) {
    double begun = seconds();
    T made = work.get();
    System.out.printf("%s: %.1f s%n", what, seconds() - begun);
    return made;
  }

  private static double seconds() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
  }
}
