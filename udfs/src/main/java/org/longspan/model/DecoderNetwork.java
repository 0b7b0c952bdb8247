package org.longspan.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.IValue;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.longspan.attention.AttentionReadings;
import org.longspan.attention.AttentionView;
import org.longspan.attention.Heads;
import org.longspan.context.PassPredictions;

/** Longspan's own decoder: contexts are kept as keys and values. */
final class DecoderNetwork implements Network {
  private final ModelConfig config;
  private final NDManager manager;
  private final Decoder decoder;

  /**
   * @param weights as {@link DecoderWeights#arrays} lists them
   */
  DecoderNetwork(ModelConfig config, List<NDArray> weights, NDManager manager) {
    this.config = config;
    this.decoder = new Decoder(config, weights, manager);
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
  public void requireHeads(Heads heads) {
    heads.requireIn(config.layers(), config.attention().heads());
  }

  @Override
  public Attended attend(
      int[] row, int before, Collection<? extends AttentionView<?>> views, Besides besides) {
    AttentionProgram program = AttentionProgram.of(views, before, row.length - before, config);

    try (NDManager pass = manager.newSubManager()) {
      NDArray tokens = Rows.tokens(new int[][] {row}, pass);
      List<NDArray> out = List.of(decoder.attention(tokens, program, besides, pass));
      int sums = program.readings().length;
      AttentionReadings attention =
          program.read(out.subList(0, sums).stream().map(Rows::doubles).toList());
      return new Attended(predictions(out.subList(sums, out.size())), attention);
    }
  }

  private static PassPredictions predictions(List<NDArray> said) {
    float[] losses = said.isEmpty() ? new float[0] : said.get(0).toFloatArray();
    return said.size() < 3
        ? PassPredictions.of(losses)
        : new PassPredictions(losses, said.get(1).toFloatArray(), Rows.flags(said.get(2))[0]);
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
