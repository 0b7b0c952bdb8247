package org.longspan.model;

import java.util.Collection;
import org.longspan.attention.AttentionView;
import org.longspan.attention.Heads;

/** A model's arithmetic. Arguments were checked by {@link CausalLm}, whose methods these are. */
interface Network extends AutoCloseable {
  float[][] losses(int[][] rows);

  Predictions predict(int[][] rows);

  void requireHeads(Heads heads);

  Attended attend(
      int[] row, int before, Collection<? extends AttentionView<?>> views, Besides besides);

  CausalLm.Context read(int[][] rows);

  /**
   * @param kept what {@link #read} kept of the context
   */
  float[][] losses(Kept kept, int[] contextRow, int[][] continuations);

  @Override
  void close();

  /** What a network keeps of rows that others will stand after. */
  interface Kept extends AutoCloseable {
    @Override
    void close();
  }
}
