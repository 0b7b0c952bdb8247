package org.longspan.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.IValue;
import java.util.Arrays;

/**
 * A causal language model in memory: token ids in, the loss of each token out, in nats.
 *
 * <p>Rows of one call have equal length and are computed in one forward pass, on the calling
 * thread; memory is some (hidden + 3 inner) floats a token, and more where contexts are kept, so
 * the caller bounds rows × length. No row sees another. Losses are whatever the model says, also
 * where that is not finite. Safe for concurrent calls.
 */
public final class CausalLm implements AutoCloseable {
  private final ModelConfig config;
  private final NDManager manager;
  private final Decoder decoder;

  private CausalLm(ModelConfig config, NDManager manager, Decoder decoder) {
    this.config = config;
    this.manager = manager;
    this.decoder = decoder;
  }

  /** Reads a model's weights into memory, in single precision on the processor. */
  public static CausalLm open(ModelDirectory directory) {
    return open(directory, "cpu");
  }

  /**
   * Reads a model's weights into a device's memory, in single precision.
   *
   * @param device {@code cpu}, or {@code gpu} with its number
   * @throws ModelException if a tensor is missing or of another shape than {@code config.json} says
   */
  public static CausalLm open(ModelDirectory directory, String device) {
    ModelConfig config = directory.config();
    NDManager manager = PyTorch.manager(device);

    try {
      DecoderWeights weights = DecoderWeights.read(config, directory.checkpoint(), manager);
      return new CausalLm(config, manager, new Decoder(config, weights, manager));
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /** What the model is. */
  public ModelConfig config() {
    return config;
  }

  /**
   * Losses of rows by themselves.
   *
   * @param rows token ids, all rows of one length, at least 2
   * @return for each row length - 1 losses; entry t is -ln p of token t + 1 after tokens 0 to t
   */
  public float[][] losses(int[][] rows) {
    check(0, rows);

    try (NDManager pass = manager.newSubManager()) {
      return rows(decoder.read(tokens(rows, pass), false, pass)[0]);
    }
  }

  /**
   * What the model expects at each token of rows by themselves. Costs little more than {@link
   * #losses(int[][])}.
   *
   * @param rows token ids, all rows of one length, at least 2
   */
  public Predictions predict(int[][] rows) {
    check(0, rows);

    try (NDManager pass = manager.newSubManager()) {
      NDArray[] said = decoder.predict(tokens(rows, pass), pass);
      return new Predictions(rows(said[0]), rows(said[1]), flags(rows(said[2])));
    }
  }

  /**
   * Reads rows that others will stand after: their losses, and what later rows need of them.
   *
   * @param rows token ids, all rows of one length, at least 2
   */
  public Context read(int[][] rows) {
    check(0, rows);
    NDManager kept = manager.newSubManager();

    try (NDManager pass = manager.newSubManager()) {
      NDArray[] read = decoder.read(tokens(rows, pass), true, kept);

      try (NDArray losses = read[0]) {
        IValue keysAndValues = Decoder.list(Arrays.copyOfRange(read, 1, read.length));
        return new Context(kept, keysAndValues, rows(losses), rows[0].length);
      }
    } catch (RuntimeException e) {
      kept.close();
      throw e;
    }
  }

  /**
   * Losses of rows that stand after rows of a context, the same as those of both in one row.
   *
   * @param context what was read
   * @param contextRow for each continuation the row of the context before it
   * @param continuations token ids, all of one length, at least 2
   * @return for each continuation length - 1 losses: entry t is that of its token t + 1. Its first
   *     token is not scored
   */
  public float[][] losses(Context context, int[] contextRow, int[][] continuations) {
    check(context.length(), continuations);

    if (contextRow.length != continuations.length) {
      throw new IllegalArgumentException(
          "There are %d continuations but %d context rows."
              .formatted(continuations.length, contextRow.length));
    }

    for (int row : contextRow) {
      if (row < 0 || row >= context.losses().length) {
        throw new IllegalArgumentException(
            "There is no context row %d among %d.".formatted(row, context.losses().length));
      }
    }

    try (NDManager pass = manager.newSubManager()) {
      NDArray chosen = pass.create(Arrays.stream(contextRow).asLongStream().toArray());
      NDArray tokens = tokens(continuations, pass);
      return rows(decoder.follow(tokens, context.keysAndValues, chosen, pass));
    }
  }

  /** Frees the weights; no call may be under way or follow. */
  @Override
  public void close() {
    decoder.close();
    manager.close();
  }

  /** Arrays that this model holds, for tests that look for leaks. */
  int arraysHeld() {
    return manager.getManagedArrays().size();
  }

  private void check(int before, int[][] rows) {
    if (rows.length == 0 || rows[0].length < 2) {
      throw new IllegalArgumentException(
          "A forward pass needs at least one row of at least two tokens.");
    }

    int length = before + rows[0].length;

    if (config.embedding().positioned() && length > config.positions()) {
      throw new ModelException(
          "The model has embeddings of %d positions and cannot read %d tokens at once: choose shorter texts, or a model with rotary positions."
              .formatted(config.positions(), length));
    }

    for (int[] row : rows) {
      if (row.length != rows[0].length) {
        throw new IllegalArgumentException(
            "Rows of one forward pass have one length, but there are %d and %d."
                .formatted(rows[0].length, row.length));
      }

      for (int id : row) {
        if (id < 0 || id >= config.vocabulary()) {
          throw new ModelException(
              "The token id %d is not in the model's vocabulary of %d: use the tokenizer that was published with the model."
                  .formatted(id, config.vocabulary()));
        }
      }
    }
  }

  private static NDArray tokens(int[][] rows, NDManager manager) {
    long[] flat = Arrays.stream(rows).flatMapToInt(Arrays::stream).asLongStream().toArray();
    return manager.create(flat, new Shape(rows.length, rows[0].length));
  }

  private static float[][] rows(NDArray losses) {
    float[] flat = losses.toFloatArray();
    float[][] rows = new float[(int) losses.getShape().get(0)][];
    int length = flat.length / rows.length;

    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(flat, i * length, (i + 1) * length);
    }

    return rows;
  }

  private static boolean[][] flags(float[][] ones) {
    boolean[][] flags = new boolean[ones.length][];

    for (int i = 0; i < ones.length; i++) {
      flags[i] = new boolean[ones[i].length];

      for (int t = 0; t < ones[i].length; t++) {
        flags[i][t] = ones[i][t] == 1;
      }
    }

    return flags;
  }

  /**
   * Rows that were read: their losses, and their keys and values in the model's memory until
   * closed.
   */
  public static final class Context implements AutoCloseable {
    private final NDManager manager;
    private final IValue keysAndValues;
    private final float[][] losses;
    private final int length;

    private Context(NDManager manager, IValue keysAndValues, float[][] losses, int length) {
      this.manager = manager;
      this.keysAndValues = keysAndValues;
      this.losses = losses;
      this.length = length;
    }

    /** The rows' own losses, as {@link CausalLm#losses(int[][])} gives them. */
    public float[][] losses() {
      return losses;
    }

    /** Tokens of a row. */
    public int length() {
      return length;
    }

    @Override
    public void close() {
      keysAndValues.close();
      manager.close();
    }
  }
}
