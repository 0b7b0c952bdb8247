package org.longspan.model;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * A language model in memory whose losses can be differentiated: beside losses it gives their
 * gradients on the embeddings, and the losses after one step of gradient descent. The weights
 * themselves never change. Safe for concurrent calls.
 *
 * <p>Gradients are taken inside the TorchScript file {@code gradient.pt}. DJL's {@code
 * GradientCollector} would do too, but only one may be open in a JVM, and it marks the weights that
 * all threads share: of the tasks of one executor all but one would fail.
 *
 * <p>Cost: a gradient is four forward passes, since layers are computed again on the way back; it
 * holds a hidden state a layer and token, and the work of one layer. A step holds two copies more
 * of the weights. All in single precision, on a GPU too.
 */
public final class GradientModel implements AutoCloseable {
  private static final boolean OPTIMISED =
      !"false".equals(System.getProperty("ai.djl.pytorch.graph_optimizer"));

  private final ModelConfig config;
  private final NDManager manager;
  // The model, not only its block: the block dies with the model, at any garbage collection.
  private final Model model;
  private final PtSymbolBlock block;
  // Kind and numbers of Shape in gradient.py, and the weights.
  private final NDList constants;

  private GradientModel(ModelConfig config, List<NDArray> arrays, NDManager manager) {
    this.config = config;
    this.manager = manager;
    this.model = Model.newInstance("gradient", manager.getDevice(), PyTorch.ENGINE);

    try (InputStream in = GradientModel.class.getResourceAsStream("gradient.pt")) {
      model.load(in);
    } catch (IOException | MalformedModelException e) {
      throw new IllegalStateException("gradient.pt in this jar is damaged: build it again.", e);
    }

    this.block = (PtSymbolBlock) model.getBlock();
    this.constants = new NDList(kind(config, manager), numbers(config, manager));

    // DJL makes one list of all arrays of such a name.
    arrays.forEach(weight -> weight.setName("weights[]"));
    constants.addAll(arrays);
  }

  /**
   * Reads a model's weights into a device's memory.
   *
   * @param device {@code cpu}, or {@code gpu} with its number
   * @throws ModelException if the model {@linkplain #require has no gradients} here, or its weights
   *     are not those that {@code config.json} says
   */
  public static GradientModel open(ModelDirectory directory, String device) {
    require(directory);
    NDManager manager = PyTorch.manager(device);

    try {
      GradientWeights weights =
          GradientWeights.read(directory.config(), directory.checkpoint(), manager);
      return new GradientModel(directory.config(), weights.arrays(), manager);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /**
   * Checks, from its {@code config.json} alone, that a model's gradients can be computed.
   *
   * @throws ModelException if not
   */
  public static void require(ModelDirectory directory) {
    Optional<String> unknown = GradientWeights.unknown(directory.config());

    if (unknown.isPresent()) {
      throw new ModelException(
          "The gradients of the model at %s (%s) cannot be computed, as %s: name a model shaped like Llama or GPT-2 (such as SmolLM or builtin:starter), or leave the scorers out that need gradients."
              .formatted(directory.location(), directory.config().architecture(), unknown.get()));
    }
  }

  /** What the model is. */
  public ModelConfig config() {
    return config;
  }

  /**
   * Losses of rows by themselves, as {@link CausalLm#losses(int[][])} gives them.
   *
   * @param rows token ids, all rows of one length, at least 2
   */
  public float[][] losses(int[][] rows) {
    check(rows);

    try (NDManager pass = manager.newSubManager()) {
      return Rows.floats(run("losses", pass, Rows.tokens(rows, pass)).get(0));
    }
  }

  /**
   * The gradient of the mean loss of a row's last tokens on the embedding of each of its tokens.
   *
   * @param row token ids, at least 2
   * @param first the first token whose loss counts, at least 1
   */
  public EmbeddingGradient onEmbeddings(int[] row, int first) {
    int[][] rows = {row};
    check(rows);
    checkFirst(first, row.length);

    try (NDManager pass = manager.newSubManager()) {
      NDList made = run("on_embeddings", pass, Rows.tokens(rows, pass), pass.create((long) first));
      return new EmbeddingGradient(Rows.floats(made.get(0)), made.get(1).getFloat());
    }
  }

  /**
   * Losses after one step of gradient descent on the mean loss of a row's last tokens, from the
   * weights as they are: w - rate * gradient.
   *
   * @param row token ids, at least 2
   * @param first the first token whose loss the step lowers, at least 1
   * @param rate of the step
   * @param segments token ids, all of one length, at least 2
   * @return for each segment length - 1 losses
   */
  public float[][] lossesAfterStep(int[] row, int first, double rate, int[][] segments) {
    int[][] rows = {row};
    check(rows);
    check(segments);
    checkFirst(first, row.length);

    try (NDManager pass = manager.newSubManager()) {
      NDList after =
          run(
              "stepped",
              pass,
              Rows.tokens(rows, pass),
              pass.create((long) first),
              pass.create(rate),
              Rows.tokens(segments, pass));
      return Rows.floats(after.get(0));
    }
  }

  /** Frees the weights; no call may be under way or follow. */
  @Override
  public void close() {
    model.close();
    manager.close();
  }

  /** Arrays that this model holds, for tests that look for leaks. */
  int arraysHeld() {
    return manager.getManagedArrays().size();
  }

  private static NDArray kind(ModelConfig config, NDManager manager) {
    return manager.create(
        new long[] {
          config.attention().heads(),
          config.attention().keyHeads(),
          config.attention().size(),
          config.norms().kind() == ModelConfig.Norms.Kind.MEAN_AND_SCALE ? 1 : 0,
          config.feedForward().activation().ordinal()
        });
  }

  private static NDArray numbers(ModelConfig config, NDManager manager) {
    return manager.create(new double[] {config.norms().epsilon(), config.attention().scale()});
  }

  /**
   * Calls a method of the file as a training pass: of all calls that DJL makes, these alone record
   * what gradients need. Whether anything is recorded, and whether scripts are optimised after
   * their first calls, which rounds otherwise than those, are settings of the thread and are put
   * back.
   */
  private NDList run(String method, NDManager pass, NDArray... arguments) {
    NDList inputs = new NDList(arguments);
    inputs.addAll(constants);
    NDArray name = pass.create(0);
    name.setName("module_method:" + method);
    inputs.add(name);
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(true);
    JniUtils.setGraphExecutorOptimize(false);

    try {
      return IValueUtils.forward(block, inputs, true);
    } finally {
      JniUtils.setGraphExecutorOptimize(OPTIMISED);
      JniUtils.setGradMode(before);
    }
  }

  private static void checkFirst(int first, int length) {
    if (first < 1 || first >= length) {
      throw new IllegalArgumentException(
          "A row of %d tokens has no losses from token %d on: it has those of tokens 1 to %d."
              .formatted(length, first, length - 1));
    }
  }

  private void check(int[][] rows) {
    Rows.require(rows, config.vocabulary());
    if (config.embedding().positioned()) {
      config.requirePositions(rows[0].length);
    }
  }

  /**
   * What a loss would change by with each embedding.
   *
   * @param byToken for each token its gradient, as many numbers as the model is wide
   * @param loss the loss itself, in nats
   */
  public record EmbeddingGradient(float[][] byToken, float loss) {}
}
