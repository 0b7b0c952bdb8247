package org.longspan.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** In what a model's matrices are held and multiplied. Sums, norms and softmax are in single. */
enum Precision {
  SINGLE,
  /** The checkpoint's own kind of halves: bfloat16 where it has any, for their range; else fp16. */
  HALF;

  /** Processors multiply halves far slower than floats, GPUs far faster. */
  static Precision of(Device device) {
    return device.isGpu() ? HALF : SINGLE;
  }

  /**
   * Copies of a decoder's weights on a manager's device, in this precision. Each weight is freed
   * when it has been copied; what was one array stays one.
   */
  List<NDArray> moved(List<NDArray> weights, Checkpoint checkpoint, NDManager to) {
    DataType half = checkpoint.has(Safetensors.Type.BF16) ? DataType.BFLOAT16 : DataType.FLOAT16;
    Map<NDArray, NDArray> done = new IdentityHashMap<>();
    List<NDArray> moved = new ArrayList<>();

    for (int i = 0; i < weights.size(); i++) {
      NDArray weight = weights.get(i);

      if (!done.containsKey(weight)) {
        boolean matrix = weight.getShape().dimension() == 2 && i != DecoderWeights.FREQUENCIES;
        done.put(weight, copy(weight, this == HALF && matrix ? half : DataType.FLOAT32, to));
        weight.close();
      }

      moved.add(done.get(weight));
    }

    return moved;
  }

  /** Moved first: some processors cannot make bfloat16. */
  private static NDArray copy(NDArray weight, DataType type, NDManager to) {
    try (NDArray there = weight.toDevice(to.getDevice(), true)) {
      NDArray copy = there.toType(type, true);
      copy.attach(to);
      return copy;
    }
  }
}
