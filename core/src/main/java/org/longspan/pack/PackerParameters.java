package org.longspan.pack;

import java.io.Serializable;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a packer can be told: the length of its sequences, and the options that its class declares.
 * A packer asks for its own options and for nobody else's.
 */
public final class PackerParameters implements Serializable {
  private static final long serialVersionUID = 1;

  private final int sequenceLength;

  /** By the name of their class. */
  private final TreeMap<String, Record> options;

  private PackerParameters(int sequenceLength, SortedMap<String, Record> options) {
    if (sequenceLength < 1) {
      throw new IllegalArgumentException(
          "A sequence has at least one token, but the sequence length is %d; set it to the context length to train for, such as 131072."
              .formatted(sequenceLength));
    }

    this.sequenceLength = sequenceLength;
    this.options = new TreeMap<>(options);
  }

  /**
   * Every packer as published.
   *
   * @param sequenceLength L, tokens of a sequence, at least 1
   */
  public static PackerParameters of(int sequenceLength) {
    return new PackerParameters(sequenceLength, Collections.emptySortedMap());
  }

  /** The same with one packer's options, which must be serializable, in place of the published. */
  public PackerParameters with(Record packerOptions) {
    SortedMap<String, Record> more = new TreeMap<>(options);
    more.put(packerOptions.getClass().getName(), packerOptions);
    return new PackerParameters(sequenceLength, more);
  }

  /** L, tokens of a sequence. */
  public int sequenceLength() {
    return sequenceLength;
  }

  /** The options that were set, or these. */
  <T extends Record> T orElse(T published) {
    @SuppressWarnings("unchecked")
    T set = (T) options.get(published.getClass().getName());
    return set == null ? published : set;
  }

  /** All that was set, in words: equal for equal parameters. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("L=").append(sequenceLength);
    options.values().forEach(option -> text.append(", ").append(option));
    return text.toString();
  }
}
