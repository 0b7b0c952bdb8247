package org.longspan.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The function inside a feed-forward layer; {@code decoder.pt} knows each by its place here. */
public enum Activation {
  RELU("relu"),
  GELU("gelu"),
  /** GELU with its integral replaced by a tanh. */
  GELU_TANH("gelu_new", "gelu_pytorch_tanh", "gelu_fast"),
  SILU("silu", "swish");

  private final List<String> names;

  Activation(String... names) {
    this.names = List.of(names);
  }

  static Optional<Activation> named(String name) {
    return Arrays.stream(values()).filter(known -> known.names.contains(name)).findFirst();
  }

  /** Every name that a {@code config.json} may give. */
  static List<String> names() {
    return Arrays.stream(values()).flatMap(known -> known.names.stream()).toList();
  }
}
