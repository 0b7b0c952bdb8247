package org.longspan.attention;

import java.util.HashMap;
import java.util.Map;

/** What was read of one window's attention. */
public final class AttentionReadings {
  /** Where nothing was asked for. */
  public static final AttentionReadings NONE = new AttentionReadings(Map.of());

  private final Map<AttentionView<?>, Object> read;

  private AttentionReadings(Map<AttentionView<?>, Object> read) {
    this.read = read;
  }

  /** These readings and one more. */
  public <R> AttentionReadings with(AttentionView<R> view, R reading) {
    Map<AttentionView<?>, Object> more = new HashMap<>(read);
    more.put(view, reading);
    return new AttentionReadings(more);
  }

  /**
   * What this view showed; not to be changed.
   *
   * @throws IllegalArgumentException if it was not asked for
   */
  @SuppressWarnings("unchecked") // with(...) holds a view and its reading together
  public <R> R of(AttentionView<R> view) {
    Object reading = read.get(view);

    if (reading == null) {
      throw new IllegalArgumentException("Nothing was read of the attention for " + view + ".");
    }

    return (R) reading;
  }
}
