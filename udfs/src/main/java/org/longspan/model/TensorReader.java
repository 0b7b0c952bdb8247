package org.longspan.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/** Tensors of a checkpoint as 32-bit floats in the memory of the model's device. */
final class TensorReader {
  // Elements of one piece: a buffer of floats stays below the 2 GiB of a ByteBuffer.
  private static final long PIECE = 1L << 28;
  // Elements of rows that are picked out at once.
  private static final long ROWS = 1L << 24;

  private final Checkpoint checkpoint;
  private final NDManager manager;
  private final long piece;
  private final String prefix;
  private final Optional<int[]> tokens;

  TensorReader(Checkpoint checkpoint, NDManager manager) {
    this(checkpoint, manager, PIECE);
  }

  TensorReader(Checkpoint checkpoint, NDManager manager, long piece) {
    this(checkpoint, manager, piece, "", Optional.empty());
  }

  private TensorReader(
      Checkpoint checkpoint, NDManager manager, long piece, String prefix, Optional<int[]> tokens) {
    this.checkpoint = checkpoint;
    this.manager = manager;
    this.piece = piece;
    this.prefix = prefix;
    this.tokens = tokens;
  }

  /** The same tensors, but of {@link #vocabulary} the rows of these tokens alone. */
  TensorReader of(int[] others) {
    return new TensorReader(checkpoint, manager, piece, prefix, Optional.of(others));
  }

  /** The tensors whose names begin with a prefix, by the rest of their names. */
  TensorReader within(String inner) {
    return new TensorReader(checkpoint, manager, piece, prefix + inner, tokens);
  }

  /**
   * The tensors of a model's body, whose names begin differently where it was saved without the
   * output layer: those within the first prefix that has a tensor.
   */
  TensorReader under(String tensor, String... prefixes) {
    return Arrays.stream(prefixes)
        .map(this::within)
        .filter(body -> body.has(tensor))
        .findFirst()
        .orElseGet(() -> within(prefixes[0]));
  }

  boolean has(String name) {
    return checkpoint.has(prefix + name);
  }

  /** An array of no elements, where a model has no such weight. */
  NDArray empty() {
    return manager.create(new Shape(0));
  }

  /** A projection's weight [out, in] and, where it has one, its bias. */
  DecoderWeights.Linear linear(String name, int out, int in, boolean biased) {
    NDArray weight = read(name + ".weight", new Shape(out, in));
    return new DecoderWeights.Linear(
        weight, biased ? read(name + ".bias", new Shape(out)) : empty());
  }

  DecoderWeights.Linear noLinear() {
    return new DecoderWeights.Linear(empty(), empty());
  }

  /** A norm's weight and, where it has one, its bias. */
  DecoderWeights.Norm norm(String name, int width, boolean biased) {
    NDArray weight = read(name + ".weight", new Shape(width));
    return new DecoderWeights.Norm(
        weight, biased ? read(name + ".bias", new Shape(width)) : empty());
  }

  DecoderWeights.Norm noNorm() {
    return new DecoderWeights.Norm(empty(), empty());
  }

  /** A matrix with a row for each token of the vocabulary, or for each token that was chosen. */
  NDArray vocabulary(String name, int vocabulary, int width) {
    Shape shape = new Shape(vocabulary, width);

    if (tokens.isEmpty()) {
      return read(name, shape);
    }

    Safetensors.Tensor tensor = tensor(name, shape);
    int[] rows = tokens.get();
    int atOnce = (int) Math.max(1, Math.min(piece, ROWS) / width);

    try (NDManager scratch = manager.newSubManager()) {
      NDList pieces = new NDList();

      for (int from = 0; from < rows.length; from += atOnce) {
        int[] some = Arrays.copyOfRange(rows, from, Math.min(from + atOnce, rows.length));
        pieces.add(floats(tensor.type(), tensor.rows(some), (long) some.length * width, scratch));
      }

      return whole(pieces, new Shape(rows.length, width), tensor);
    }
  }

  /** A copy of a tensor, checked to be of that shape. */
  NDArray read(String name, Shape shape) {
    Safetensors.Tensor tensor = tensor(name, shape);

    try (NDManager scratch = manager.newSubManager()) {
      NDList pieces = new NDList();

      for (long from = 0; from < tensor.elements(); from += piece) {
        long to = Math.min(from + piece, tensor.elements());
        pieces.add(floats(tensor.type(), tensor.map(from, to), to - from, scratch));
      }

      return whole(pieces, shape, tensor);
    }
  }

  private Safetensors.Tensor tensor(String name, Shape shape) {
    Safetensors.Tensor tensor = checkpoint.tensor(prefix + name);

    if (!Arrays.equals(tensor.shape(), shape.getShape())) {
      throw new ModelException(
          "The tensor '%s' in %s has the shape %s, but config.json calls for %s: fetch the weights that belong to this config.json."
              .formatted(
                  tensor.name(),
                  tensor.file(),
                  Arrays.toString(tensor.shape()),
                  Arrays.toString(shape.getShape())));
    }

    return tensor;
  }

  private NDArray whole(NDList pieces, Shape shape, Safetensors.Tensor tensor) {
    NDArray whole = pieces.size() == 1 ? pieces.get(0) : NDArrays.concat(pieces);
    NDArray shaped = whole.reshape(shape);
    requireFinite(shaped, tensor);
    shaped.attach(manager);
    return shaped;
  }

  /** By their sum first: one pass over the tensor that allocates nothing. */
  private static void requireFinite(NDArray values, Safetensors.Tensor tensor) {
    if (Float.isFinite(values.sum().getFloat())) {
      return;
    }

    if (values.isNaN().logicalOr(values.isInfinite()).any().getBoolean()) {
      throw new ModelException(
          "The tensor '%s' in %s holds values that are not finite: the file is damaged, or training went wrong; fetch the weights again."
              .formatted(tensor.name(), tensor.file()));
    }
  }

  private static NDArray floats(
      Safetensors.Type type, ByteBuffer bytes, long elements, NDManager scratch) {
    Shape flat = new Shape(elements);

    return switch (type) {
      // DJL copies neither a mapped nor a direct buffer, and lets go of it with the first array
      // made of it, though others share its memory.
      case F32 -> scratch.create(bytes, flat, DataType.FLOAT32).duplicate();
      case F16 -> {
        try (NDArray half = scratch.create(bytes, flat, DataType.FLOAT16)) {
          yield half.toType(DataType.FLOAT32, true);
        }
      }
      // By hand: PyTorch's conversion of bfloat16 has ended the JVM on some processors.
      case BF16 -> scratch.create(widened(bytes), flat, DataType.FLOAT32).duplicate();
    };
  }

  private static ByteBuffer widened(ByteBuffer brain) {
    ByteBuffer floats =
        ByteBuffer.allocateDirect(2 * brain.remaining()).order(ByteOrder.nativeOrder());

    while (brain.hasRemaining()) {
      floats.putInt(brain.getShort() << 16);
    }

    return floats.flip();
  }
}
