package org.longspan.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.IValue;
import java.util.Arrays;

/** Longspan's own decoder: contexts are kept as keys and values. */
final class DecoderNetwork implements Network {
  private final NDManager manager;
  private final Decoder decoder;

  DecoderNetwork(Decoder decoder, NDManager manager) {
    this.decoder = decoder;
    this.manager = manager;
  }

  @Override
  public float[][] losses(int[][] rows) {
    try (NDManager pass = manager.newSubManager()) {
      return Rows.floats(decoder.read(Rows.tokens(rows, pass), false, pass)[0]);
    }
  }

  @Override
  public Predictions predict(int[][] rows) {
    try (NDManager pass = manager.newSubManager()) {
      NDArray[] said = decoder.predict(Rows.tokens(rows, pass), pass);
      return new Predictions(Rows.floats(said[0]), Rows.floats(said[1]), Rows.flags(said[2]));
    }
  }

  @Override
  public CausalLm.Context read(int[][] rows) {
    NDManager kept = manager.newSubManager();

    try (NDManager pass = manager.newSubManager()) {
      NDArray[] read = decoder.read(Rows.tokens(rows, pass), true, kept);

      try (NDArray losses = read[0]) {
        IValue keysAndValues = Decoder.list(Arrays.copyOfRange(read, 1, read.length));
        return new CausalLm.Context(
            new KeysAndValues(kept, keysAndValues), Rows.floats(losses), rows[0].length);
      }
    } catch (RuntimeException e) {
      kept.close();
      throw e;
    }
  }

  @Override
  public float[][] losses(Kept kept, int[] contextRow, int[][] continuations) {
    try (NDManager pass = manager.newSubManager()) {
      NDArray chosen = pass.create(Arrays.stream(contextRow).asLongStream().toArray());
      NDArray tokens = Rows.tokens(continuations, pass);
      return Rows.floats(
          decoder.follow(tokens, ((KeysAndValues) kept).keysAndValues, chosen, pass));
    }
  }

  @Override
  public void close() {
    decoder.close();
  }

  private record KeysAndValues(NDManager manager, IValue keysAndValues) implements Kept {
    @Override
    public void close() {
      keysAndValues.close();
      manager.close();
    }
  }
}
