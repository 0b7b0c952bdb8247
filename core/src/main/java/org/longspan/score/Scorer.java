package org.longspan.score;

/**
 * A published method: measurements in, a score out. Implementations are immutable, hold only their
 * parameters, and are safe to share between threads.
 *
 * @param <M> the measurement that the method reads
 */
public interface Scorer<M> {
  /** The name in configurations and in the {@code scorer} column. */
  String name();

  /** The score of what was measured; never null, and never throws on a valid measurement. */
  Score score(M measured);
}
