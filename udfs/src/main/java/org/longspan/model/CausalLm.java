package org.longspan.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Collection;
import java.util.List;
import org.longspan.attention.AttentionView;
import org.longspan.attention.Heads;
import org.longspan.attention.SpanMasses;

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

  /**
   * Reads the queries and keys of a model's first layer alone, for views of its attention. Of the
   * checkpoint only their tensors are read, and of the embedding, at each pass, the rows of the
   * pass's tokens: memory is (heads + 2 key heads) × head size × hidden floats, and (heads + key
   * heads) × head size floats a token while a row is read. Shards that hold neither may be absent
   * if the index does not name them.
   *
   * <p>All that such a model can be asked is {@link #attend} with {@link Besides#NOTHING} and views
   * of layer 0.
   *
   * @param device {@code cpu}, or {@code gpu} with its number
   * @throws ModelException if a tensor is missing or of another shape than {@code config.json}
   *     says, or if the model has its own TorchScript file
   */
  public static CausalLm openFirstLayer(ModelDirectory directory, String device) {
    if (directory.scripted().isPresent()) {
      throw new ModelException(
          "The layers of %s cannot be told apart, so its first layer cannot be read alone: choose a model of an architecture that runs without a TorchScript file, %s."
              .formatted(
                  directory.scripted().get().file(),
                  String.join(", ", ModelFamilies.architectures())));
    }

    NDManager manager = PyTorch.manager(device);

    try {
      Precision precision = Precision.of(manager.getDevice());
      return new CausalLm(
          directory.config(), manager, new FirstLayerNetwork(directory, manager, precision));
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
      List<NDArray> weights = weights(directory, manager).arrays();
      return new DecoderNetwork(directory.config(), weights, manager);
    }

    // Made in single precision in the processor's memory: a GPU may have room for the halves alone.
    try (NDManager host = PyTorch.manager("cpu")) {
      List<NDArray> moved =
          precision.moved(weights(directory, host).arrays(), directory.checkpoint(), manager);
      return new DecoderNetwork(directory.config(), moved, manager);
    }
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
   * Checks that the model shows the attention of these heads.
   *
   * @throws IllegalArgumentException if it lacks one of the layers or heads
   * @throws ModelException if its attention is not at hand
   */
  public void requireHeads(Heads heads) {
    network.requireHeads(heads);
  }

  /**
   * Whether a window of so many tokens can show a view: it must be whole spans, more than one of
   * {@link SpanMasses}, and longer than a distance, or than a response and a segment.
   */
  public static boolean shows(AttentionView<?> view, int tokens) {
    return AttentionProgram.fits(view, tokens);
  }

  /**
   * Where the model looks while it reads a row, and what it says besides.
   *
   * <p>Weights are what the model mixes values by: after norms and turns of queries and keys, with
   * its caps, and 0 outside a layer's window. They are computed in single precision from the
   * queries and keys of the pass. Work beside the pass: for each layer and head that is read and
   * each pair of a query that is read and a key that it sees, 2 × head size operations and one
   * exponential, some 6 nanoseconds a pair on a core where heads are 64 wide. Memory beside the
   * pass: some tens of megabytes, whatever the row's length, and the sums.
   *
   * <p>Tokens before the window, such as a start token, are seen as any others and take their share
   * of the weights. They count as the window's first tokens, the sink, where attention is read by
   * distance; elsewhere their share is in no sum.
   *
   * @param row token ids, at least 2
   * @param before tokens of the row that stand before the window, 0 or more
   * @param views what to read, at least one
   * @param besides what else to say, of all tokens of the row from the second on
   * @throws IllegalArgumentException if the window does not {@linkplain #shows show} a view, or the
   *     model lacks a layer or a head
   * @throws ModelException if the model shows no attention, or none that is finite
   */
  public Attended attend(
      int[] row, int before, Collection<? extends AttentionView<?>> views, Besides besides) {
    check(0, new int[][] {row});

    if (before < 0 || before >= row.length) {
      throw new IllegalArgumentException(
          "Of a row of %d tokens %d cannot stand before the window.".formatted(row.length, before));
    }

    return network.attend(row, before, views, besides);
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
    Rows.require(rows, config.vocabulary());
    int length = before + rows[0].length;

    if (config.embedding().positioned() && length > config.positions()) {
      throw new ModelException(
          "The model has %d positions and cannot read %d tokens at once: choose shorter texts, or a model with rotary positions."
              .formatted(config.positions(), length));
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
