package org.longspan.measure;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.longspan.model.CausalLm;
import org.longspan.model.ModelDirectory;
import org.longspan.model.ReferenceScores;
import org.longspan.score.PairPlan;

/**
 * Seconds to measure all pairs of the first segments of each document, by hand; the same work as
 * {@code reference.py --score prolong --chunks N --timing}.
 *
 * <p>Arguments: model, documents (JSON Lines), segments, threads, batch tokens. See
 * docs/benchmarks.md.
 */
final class ProLongBenchmark {
  private static final int SEGMENT = 128;

  private ProLongBenchmark() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    ModelDirectory directory = ModelDirectory.resolve(args[0]);
    int segments = Integer.parseInt(args[2]);
    int threads = Integer.parseInt(args[3]);
    int batchTokens = Integer.parseInt(args[4]);

    try (CausalLm model = CausalLm.open(directory)) {
      SegmentPairsMeasurement measurement = new SegmentPairsMeasurement(model, batchTokens);
      List<PlannedDocument> documents = new ArrayList<>();

      for (int[] tokens : ReferenceScores.tokens(Path.of(args[1]), directory).values()) {
        int length = Math.min(tokens.length, segments * SEGMENT);
        documents.add(
            new PlannedDocument(
                tokens, PairPlan.draw(length, SEGMENT, 1 << 20, 0, 1, "benchmark")));
      }

      measurement.measure(documents.subList(0, 1));

      long pairs = documents.stream().mapToLong(each -> each.plan().target().length).sum();
      long passes = documents.stream().mapToLong(each -> each.plan().starts().length).sum() + pairs;
      AtomicLong processor = new AtomicLong();
      double seconds = seconds(measurement, documents, threads, processor);
      System.out.printf(
          "%s: %d pairs in %.2f s on %d threads: %.1f pairs/s, %,.0f tokens/s%n",
          args[0], pairs, seconds, threads, pairs / seconds, passes * SEGMENT / seconds);
      System.out.printf(
          "processor time of all threads: %.2f s, %,.0f tokens a second of it%n",
          processor.get() / 1e9, passes * SEGMENT / (processor.get() / 1e9));
    }
  }

  /** Each thread takes document after document. */
  private static double seconds(
      SegmentPairsMeasurement measurement,
      List<PlannedDocument> documents,
      int threads,
      AtomicLong processor)
      throws InterruptedException {
    Queue<PlannedDocument> queue = new ConcurrentLinkedQueue<>(documents);
    AtomicLong failures = new AtomicLong();
    List<Thread> workers = new ArrayList<>();
    long start = System.nanoTime();

    for (int i = 0; i < threads; i++) {
      Thread worker =
          new Thread(
              () -> {
                for (PlannedDocument next = queue.poll(); next != null; next = queue.poll()) {
                  if (measurement.measure(List.of(next)).get(0).failed()) {
                    failures.incrementAndGet();
                  }
                }

                processor.addAndGet(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
              });
      worker.start();
      workers.add(worker);
    }

    for (Thread worker : workers) {
      worker.join();
    }

    if (failures.get() > 0) {
      throw new IllegalStateException(failures + " documents failed.");
    }

    return (System.nanoTime() - start) / 1e9;
  }
}
