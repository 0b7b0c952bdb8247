package org.longspan.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;

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
  private final Network network;

  private CausalLm(ModelConfig config, NDManager manager, Network network) {
    this.config = config;
    this.manager = manager;
    this.network = network;
  }

  /** Reads a model's weights into memory, in single precision on the processor. */
  public static CausalLm open(ModelDirectory directory) {
    return open(directory, "cpu");
  }

  /**
   * Reads a model's weights into a device's memory: in single precision on the processor, and with
   * matrices in half precision on a GPU.
   *
   * @param device {@code cpu}, or {@code gpu} with its number
   * @throws ModelException if a tensor is missing or of another shape than {@code config.json} says
   */
  public static CausalLm open(ModelDirectory directory, String device) {
    NDManager manager = PyTorch.manager(device);
    return open(directory, manager, Precision.of(manager.getDevice()));
  }

  /**
   * @param manager closed with the model, or if it can't be read
   */
  static CausalLm open(ModelDirectory directory, NDManager manager, Precision precision) {
    try {
      return new CausalLm(directory.config(), manager, network(directory, manager, precision));
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  private static Network network(ModelDirectory directory, NDManager manager, Precision precision) {
    if (directory.scripted().isPresent()) {
      return new TorchScriptNetwork(directory.scripted().get(), manager);
    }

    if (precision == Precision.SINGLE) {
      return decoder(directory.config(), weights(directory, manager).arrays(), manager);
    }

    // Made in single precision in the processor's memory: a GPU may have room for the halves alone.
    try (NDManager host = PyTorch.manager("cpu")) {
      List<NDArray> moved =
          precision.moved(weights(directory, host).arrays(), directory.checkpoint(), manager);
      return decoder(directory.config(), moved, manager);
    }
  }

  private static Network decoder(ModelConfig config, List<NDArray> weights, NDManager manager) {
    return new DecoderNetwork(new Decoder(config, weights, manager), manager);
  }

  private static DecoderWeights weights(ModelDirectory directory, NDManager manager) {
    return DecoderWeights.read(directory.config(), directory.checkpoint(), manager);
  }

  /** What the model is. */
  public ModelConfig config() {
    return config;
  }

  /**
   * Checks that rows of this length are within what the model was trained on. Passes check only
   * where positions have embeddings, or may have: else, to ask about more than a model knows is an
   * experiment, and the arithmetic holds.
   *
   * @param tokens of one row, a context before it included
   * @throws ModelException if the model has fewer positions
   */
  public void requirePositions(int tokens) {
    config.requirePositions(tokens);
  }

  /**
   * Losses of rows by themselves.
   *
   * @param rows token ids, all rows of one length, at least 2
   * @return for each row length - 1 losses; entry t is -ln p of token t + 1 after tokens 0 to t
   */
  public float[][] losses(int[][] rows) {
    check(0, rows);
    return network.losses(rows);
  }

  /**
   * What the model expects at each token of rows by themselves. Costs little more than {@link
   * #losses(int[][])}.
   *
   * @param rows token ids, all rows of one length, at least 2
   */
  public Predictions predict(int[][] rows) {
    check(0, rows);
    return network.predict(rows);
  }

  /**
   * Reads rows that others will stand after: their losses, and what later rows need of them.
   *
   * @param rows token ids, all rows of one length, at least 2
   */
  public Context read(int[][] rows) {
    check(0, rows);
    return network.read(rows);
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

    return network.losses(context.kept, contextRow, continuations);
  }

  /** Frees the weights; no call may be under way or follow. */
  @Override
  public void close() {
    network.close();
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
          "The model has %d positions and cannot read %d tokens at once: choose shorter texts, or a model with rotary positions."
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

  /** Rows that were read: their losses, and what the model keeps of them until closed. */
  public static final class Context implements AutoCloseable {
    private final Network.Kept kept;
    private final float[][] losses;
    private final int length;

    Context(Network.Kept kept, float[][] losses, int length) {
      this.kept = kept;
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
      kept.close();
    }
  }
}
