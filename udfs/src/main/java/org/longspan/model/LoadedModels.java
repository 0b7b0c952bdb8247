package org.longspan.model;

import java.util.concurrent.ConcurrentHashMap;

/**
 * The models in this JVM's memory: one for each fingerprint and device, shared by all tasks, and
 * kept until the JVM ends.
 */
public final class LoadedModels {
  private static final ConcurrentHashMap<Key, CausalLm> MODELS = new ConcurrentHashMap<>();
  private static final ConcurrentHashMap<Key, CausalLm> FIRST_LAYERS = new ConcurrentHashMap<>();
  private static final ConcurrentHashMap<Key, GradientModel> GRADIENTS = new ConcurrentHashMap<>();

  private LoadedModels() {}

  private record Key(String fingerprint, String device) {}

  /**
   * The model of a directory on a device; the first caller loads it, and others wait for that. Do
   * not close it.
   *
   * @param device {@code cpu}, or {@code gpu} with its number
   */
  public static CausalLm of(ModelDirectory directory, String device) {
    return MODELS.computeIfAbsent(
        new Key(directory.fingerprint(), device), key -> CausalLm.open(directory, device));
  }

  /** The same for a model's first layer alone, see {@link CausalLm#openFirstLayer}. */
  public static CausalLm firstLayer(ModelDirectory directory, String device) {
    return FIRST_LAYERS.computeIfAbsent(
        new Key(directory.fingerprint(), device),
        key -> CausalLm.openFirstLayer(directory, device));
  }

  /** The same for the form of a model that has gradients; it has weights of its own. */
  public static GradientModel gradients(ModelDirectory directory, String device) {
    return GRADIENTS.computeIfAbsent(
        new Key(directory.fingerprint(), device), key -> GradientModel.open(directory, device));
  }
}
