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

/** Tensors of a checkpoint as 32-bit floats in the memory of the model's device. */
final class TensorReader {
  // Elements of one piece: a buffer of floats stays below the 2 GiB of a ByteBuffer.
  private static final long PIECE = 1L << 28;

  private final Checkpoint checkpoint;
  private final NDManager manager;
  private final long piece;
  private final String prefix;

  TensorReader(Checkpoint checkpoint, NDManager manager) {
    this(checkpoint, manager, PIECE);
  }

  TensorReader(Checkpoint checkpoint, NDManager manager, long piece) {
    this(checkpoint, manager, piece, "");
  }

  private TensorReader(Checkpoint checkpoint, NDManager manager, long piece, String prefix) {
    this.checkpoint = checkpoint;
    this.manager = manager;
    this.piece = piece;
    this.prefix = prefix;
  }

  /** The tensors whose names begin with a prefix, by the rest of their names. */
  TensorReader within(String inner) {
    return new TensorReader(checkpoint, manager, piece, prefix + inner);
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

  /** A copy of a tensor, checked to be of that shape. */
  NDArray read(String name, Shape shape) {
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

    try (NDManager scratch = manager.newSubManager()) {
      NDList pieces = new NDList();

      for (long from = 0; from < tensor.elements(); from += piece) {
        pieces.add(floats(tensor, from, Math.min(from + piece, tensor.elements()), scratch));
      }

      NDArray whole = pieces.size() == 1 ? pieces.get(0) : NDArrays.concat(pieces);
      NDArray shaped = whole.reshape(shape);
      requireFinite(shaped, tensor);
      shaped.attach(manager);
      return shaped;
    }
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

  private static NDArray floats(Safetensors.Tensor tensor, long from, long to, NDManager scratch) {
    ByteBuffer bytes = tensor.map(from, to);
    Shape flat = new Shape(to - from);

    return switch (tensor.type()) {
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
