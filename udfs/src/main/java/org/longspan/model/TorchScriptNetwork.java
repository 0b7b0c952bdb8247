package org.longspan.model;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.longspan.attention.AttentionView;
import org.longspan.attention.Heads;

/**
 * Somebody's TorchScript file that maps ids [rows, length] (64-bit) to logits [rows, length,
 * vocabulary], alone or first in a tuple. It gives whole logits, so few rows are run at once; keys
 * can't be shared, so continuations are run with their contexts, at the price of both.
 */
final class TorchScriptNetwork implements Network {
  // Logits of one call, in elements, and those whose softmax is computed at once.
  private static final long CALL = 1L << 26;
  private static final long BLOCK = 1L << 23;

  private final Path file;
  private final int vocabulary;
  private final NDManager manager;
  private final Model model;
  private final PtSymbolBlock block;

  TorchScriptNetwork(ScriptedModel scripted, NDManager manager) {
    this.file = scripted.file();
    this.vocabulary = scripted.config().vocabulary();
    this.manager = manager;
    this.model = Model.newInstance("scripted", manager.getDevice(), PyTorch.ENGINE);

    try (InputStream in = Files.newInputStream(file)) {
      model.load(in);
    } catch (IOException | MalformedModelException | EngineException e) {
      model.close();
      throw new ModelException(
          "%s is no TorchScript file that this PyTorch reads: save it again with torch.jit.save."
              .formatted(file),
          e);
    }

    this.block = (PtSymbolBlock) model.getBlock();
  }

  @Override
  public float[][] losses(int[][] rows) {
    return predict(rows).losses();
  }

  @Override
  public Predictions predict(int[][] rows) {
    int length = rows[0].length - 1;
    int atOnce = (int) Math.max(1, CALL / ((long) vocabulary * (length + 1)));
    Predictions all =
        new Predictions(
            new float[rows.length][], new float[rows.length][], new boolean[rows.length][]);

    for (int a = 0; a < rows.length; a += atOnce) {
      int[][] part = Arrays.copyOfRange(rows, a, Math.min(a + atOnce, rows.length));

      try (NDManager pass = manager.newSubManager()) {
        NDArray logits = logits(part, pass);

        for (int r = 0; r < part.length; r++) {
          predict(logits.get(r), part[r], a + r, all);
        }
      }
    }

    return all;
  }

  @Override
  public void requireHeads(Heads heads) {
    throw hidesAttention();
  }

  @Override
  public Attended attend(
      int[] row, int before, Collection<? extends AttentionView<?>> views, Besides besides) {
    throw hidesAttention();
  }

  private ModelException hidesAttention() {
    return new ModelException(
        "%s gives logits and does not show its attention: for scores that read it, choose a model of an architecture that runs without a TorchScript file, %s."
            .formatted(file, String.join(", ", ModelFamilies.architectures())));
  }

  @Override
  public CausalLm.Context read(int[][] rows) {
    return new CausalLm.Context(new WholeRows(rows), losses(rows), rows[0].length);
  }

  @Override
  public float[][] losses(Kept kept, int[] contextRow, int[][] continuations) {
    int[][] contexts = ((WholeRows) kept).rows;
    int before = contexts[0].length;
    int[][] whole = new int[continuations.length][];

    for (int i = 0; i < whole.length; i++) {
      whole[i] =
          IntStream.concat(Arrays.stream(contexts[contextRow[i]]), Arrays.stream(continuations[i]))
              .toArray();
    }

    return Arrays.stream(losses(whole))
        .map(losses -> Arrays.copyOfRange(losses, before, losses.length))
        .toArray(float[][]::new);
  }

  @Override
  public void close() {
    model.close();
  }

  private NDArray logits(int[][] rows, NDManager pass) {
    List<IValue> opened = new ArrayList<>();

    try {
      opened.add(IValue.from((PtNDArray) Rows.tokens(rows, pass)));
      opened.add(IValueUtils.runMethod(block, "forward", opened.get(0)));
      IValue result = opened.get(1);

      if (result.isTuple()) {
        opened.addAll(List.of(result.toIValueTuple()));
        result = opened.get(2);
      }

      NDArray logits = result.isTensor() ? result.toTensor((PtNDManager) pass) : null;
      Shape expected = new Shape(rows.length, rows[0].length, vocabulary);

      if (logits == null || !logits.getShape().equals(expected)) {
        throw new ModelException(
            "%s gave %s for ids of %d x %d, but logits of the shape %s are needed: script a model that returns them, alone or first in a tuple."
                .formatted(
                    file,
                    logits == null ? "a " + result.getType() : "the shape " + logits.getShape(),
                    rows.length,
                    rows[0].length,
                    expected));
      }

      return logits;
    } catch (EngineException e) {
      throw new ModelException(
          "%s failed on ids of %d x %d: %s"
              .formatted(file, rows.length, rows[0].length, e.getMessage()),
          e);
    } finally {
      opened.forEach(IValue::close);
    }
  }

  /** By blocks of positions: the softmax of a whole row would be as large as its logits again. */
  private void predict(NDArray logits, int[] row, int index, Predictions into) {
    int length = row.length - 1;
    int atOnce = (int) Math.max(1, BLOCK / vocabulary);
    into.losses()[index] = new float[length];
    into.entropies()[index] = new float[length];
    into.first()[index] = new boolean[length];

    for (int a = 0; a < length; a += atOnce) {
      int b = Math.min(a + atOnce, length);
      long[] targets = IntStream.range(a + 1, b + 1).mapToLong(t -> row[t]).toArray();

      try (NDManager scratch = logits.getManager().newSubManager()) {
        NDArray part = logits.get(new NDIndex("{}:{}", a, b));
        part.attach(scratch);
        NDArray log = part.toType(DataType.FLOAT32, true).logSoftmax(1);
        NDArray aims = scratch.create(targets, new Shape(b - a, 1));
        float[] chosen = log.gather(aims, 1).toFloatArray();
        float[] negated = log.exp().muli(log).sum(new int[] {1}).toFloatArray();
        long[] best = log.argMax(1).toLongArray();

        for (int t = a; t < b; t++) {
          into.losses()[index][t] = -chosen[t - a];
          into.entropies()[index][t] = Math.max(0, -negated[t - a]);
          into.first()[index][t] = best[t - a] == targets[t - a];
        }
      }
    }
  }

  private record WholeRows(int[][] rows) implements Kept {
    @Override
    public void close() {
      // Ids hold nothing outside the heap.
    }
  }
}
