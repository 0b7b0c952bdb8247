package org.longspan.model;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The TorchScript file {@code decoder.pt} with one model's weights: forward passes as calls from
 * arrays to arrays. Safe for concurrent calls; all that a call makes belongs to the caller's
 * manager.
 */
final class Decoder implements AutoCloseable {
  // The model, not only its block: the block dies with the model, at any garbage collection.
  private final Model model;
  private final PtSymbolBlock block;
  private final IValue weights;
  private final IValue kind;
  private final IValue numbers;

  /**
   * @param arrays as {@link DecoderWeights#arrays} lists them
   */
  Decoder(ModelConfig config, List<NDArray> arrays, NDManager owner) {
    this.model = Model.newInstance("decoder", owner.getDevice(), PyTorch.ENGINE);

    try (InputStream in = Decoder.class.getResourceAsStream("decoder.pt")) {
      model.load(in);
    } catch (IOException | MalformedModelException e) {
      throw new IllegalStateException("decoder.pt in this jar is damaged: build it again.", e);
    }

    this.block = (PtSymbolBlock) model.getBlock();
    this.weights = list(arrays.toArray(new NDArray[0]));
    this.kind = IValue.listFrom(kind(config));
    this.numbers =
        IValue.listFrom(config.norms().epsilon(), config.attention().cap(), config.logitCap());
  }

  /** The whole numbers of {@code Shape} in decoder.py, in its order. */
  private static long[] kind(ModelConfig config) {
    List<Rotary> rotaries = DecoderWeights.rotaries(config);
    LongStream same =
        LongStream.of(
            config.attention().heads(),
            config.attention().keyHeads(),
            config.attention().size(),
            config.norms().kind() == ModelConfig.Norms.Kind.MEAN_AND_SCALE ? 1 : 0,
            config.norms().place() == ModelConfig.Norms.Place.BEHIND ? 1 : 0,
            config.parallel() ? 1 : 0,
            config.feedForward().activation().ordinal());
    LongStream windows = config.pattern().stream().mapToLong(ModelConfig.Layer::window);
    LongStream rows =
        config.pattern().stream()
            .mapToLong(layer -> layer.rotary().map(rotaries::indexOf).orElse(-1));
    return LongStream.concat(same, LongStream.concat(windows, rows)).toArray();
  }

  /** Losses [rows, length - 1], then, if kept, keys and values of each layer. */
  NDArray[] read(NDArray tokens, boolean keep, NDManager into) {
    try (IValue ids = IValue.from((PtNDArray) tokens);
        IValue kept = IValue.from(keep);
        IValue result = IValueUtils.runMethod(block, "read", ids, weights, kind, numbers, kept)) {
      return result.toTensorArray((PtNDManager) into);
    }
  }

  /** Losses, entropies and whether the true token came first (1 or 0), [rows, length - 1] each. */
  NDArray[] predict(NDArray tokens, NDManager into) {
    try (IValue ids = IValue.from((PtNDArray) tokens);
        IValue result = IValueUtils.runMethod(block, "predict", ids, weights, kind, numbers)) {
      return result.toTensorArray((PtNDManager) into);
    }
  }

  /** The sums of each reading [rows, columns], then the losses and more [1, length - 1]. */
  NDArray[] attention(NDArray tokens, AttentionProgram program, Besides besides, NDManager into) {
    try (IValue ids = IValue.from((PtNDArray) tokens);
        IValue skip = IValue.from((long) program.before());
        IValue readings = lists(program.readings());
        IValue stretches = lists(program.stretches());
        IValue say = IValue.from((long) besides.ordinal());
        IValue result =
            IValueUtils.runMethod(
                block, "attention", ids, weights, kind, numbers, skip, readings, stretches, say)) {
      return result.toTensorArray((PtNDManager) into);
    }
  }

  /**
   * The sums of each reading of the first layer.
   *
   * @param embedding rows by the numbers in tokens, in place of that of the weights
   */
  NDArray[] firstAttention(
      NDArray tokens, NDArray embedding, AttentionProgram program, NDManager into) {
    try (IValue ids = IValue.from((PtNDArray) tokens);
        IValue rows = IValue.from((PtNDArray) embedding);
        IValue skip = IValue.from((long) program.before());
        IValue readings = lists(program.readings());
        IValue stretches = lists(program.stretches());
        IValue result =
            IValueUtils.runMethod(
                block,
                "first_attention",
                ids,
                rows,
                weights,
                kind,
                numbers,
                skip,
                readings,
                stretches)) {
      return result.toTensorArray((PtNDManager) into);
    }
  }

  /** Losses [rows, length - 1] of tokens that stand after rows of a context. */
  NDArray follow(NDArray tokens, IValue context, NDArray rows, NDManager into) {
    try (IValue ids = IValue.from((PtNDArray) tokens);
        IValue chosen = IValue.from((PtNDArray) rows);
        IValue result =
            IValueUtils.runMethod(block, "follow", ids, context, chosen, weights, kind, numbers)) {
      return result.toTensorArray((PtNDManager) into)[0];
    }
  }

  /** A list that a call takes; close it. */
  static IValue list(NDArray... arrays) {
    return IValue.listFrom(List.of(arrays).toArray(new PtNDArray[0]));
  }

  /** A list of lists of whole numbers; close it. */
  private static IValue lists(long[][] numbers) {
    IValue[] each = Arrays.stream(numbers).map(IValue::listFrom).toArray(IValue[]::new);

    try {
      return IValue.listFrom(each);
    } finally {
      Arrays.stream(each).forEach(IValue::close);
    }
  }

  @Override
  public void close() {
    weights.close();
    kind.close();
    numbers.close();
    model.close();
  }
}
