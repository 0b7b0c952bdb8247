package org.longspan.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** Threads that take document after document, as the tasks of a job do. */
final class Workers {
  private Workers() {}

  /**
   * Seconds until all documents are done.
   *
   * @param work whether a document could be measured
   * @throws IllegalStateException if one could not
   */
  static <D> double seconds(List<D> documents, int threads, Predicate<D> work)
      throws InterruptedException {
    Queue<D> queue = new ConcurrentLinkedQueue<>(documents);
    AtomicLong failures = new AtomicLong();
    List<Thread> workers = new ArrayList<>();
    long start = System.nanoTime();

    for (int i = 0; i < threads; i++) {
      Thread worker =
          new Thread(
              () -> {
                for (D next = queue.poll(); next != null; next = queue.poll()) {
                  if (!work.test(next)) {
                    failures.incrementAndGet();
                  }
                }
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
