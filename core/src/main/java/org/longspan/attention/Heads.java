package org.longspan.attention;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Attention heads of a model.
 *
 * @param byLayer for each layer, from 0, its heads, from 0; no heads: all of the layer. No layers:
 *     all heads of all layers
 */
public record Heads(SortedMap<Integer, List<Integer>> byLayer) implements Serializable {
  /** All heads of all layers. */
  public static final Heads ALL = new Heads(new TreeMap<>());

  private static final Pattern NAMED = Pattern.compile("(\\d{1,6})(?:/(\\d{1,6}))?");

  public Heads {
    SortedMap<Integer, List<Integer>> copy = new TreeMap<>();
    byLayer.forEach((layer, heads) -> copy.put(layer, heads.stream().sorted().distinct().toList()));
    byLayer = Collections.unmodifiableSortedMap(copy);
  }

  /**
   * The heads of texts such as {@code 12}, all of layer 12, and {@code 12/3}, head 3 of that layer;
   * no text: all heads of all layers.
   *
   * @throws IllegalArgumentException if a text is neither
   */
  public static Heads parse(List<String> texts) {
    SortedMap<Integer, List<Integer>> byLayer = new TreeMap<>();
    Set<Integer> whole = new HashSet<>();

    for (String text : texts) {
      Matcher parts = NAMED.matcher(text);

      if (!parts.matches()) {
        throw new IllegalArgumentException(
            "\"%s\" names no attention heads: write 12 for all heads of layer 12, or 12/3 for its head 3."
                .formatted(text));
      }

      int layer = Integer.parseInt(parts.group(1));
      List<Integer> heads = byLayer.computeIfAbsent(layer, key -> new ArrayList<>());

      if (parts.group(2) == null) {
        whole.add(layer);
      } else {
        heads.add(Integer.valueOf(parts.group(2)));
      }
    }

    whole.forEach(layer -> byLayer.put(layer, List.of()));
    return new Heads(byLayer);
  }

  /** All heads of these layers; no layer: of all. */
  public static Heads ofLayers(List<Integer> layers) {
    SortedMap<Integer, List<Integer>> all = new TreeMap<>();
    layers.forEach(layer -> all.put(layer, List.of()));
    return new Heads(all);
  }

  /** The layers of a model that are read, ascending. */
  public List<Integer> layers(int modelLayers) {
    return byLayer.isEmpty()
        ? IntStream.range(0, modelLayers).boxed().toList()
        : List.copyOf(byLayer.keySet());
  }

  /** The heads of a layer that are read, ascending. */
  public List<Integer> heads(int layer, int modelHeads) {
    List<Integer> chosen = byLayer.getOrDefault(layer, List.of());
    return chosen.isEmpty() ? IntStream.range(0, modelHeads).boxed().toList() : chosen;
  }

  /**
   * Checks that a model has these heads.
   *
   * @throws IllegalArgumentException if it lacks a layer or a head
   */
  public void requireIn(int modelLayers, int modelHeads) {
    for (Map.Entry<Integer, List<Integer>> layer : byLayer.entrySet()) {
      if (layer.getKey() < 0 || layer.getKey() >= modelLayers) {
        throw new IllegalArgumentException(
            "There is no layer %d: the model's %d layers are 0 to %d."
                .formatted(layer.getKey(), modelLayers, modelLayers - 1));
      }

      for (int head : layer.getValue()) {
        if (head < 0 || head >= modelHeads) {
          throw new IllegalArgumentException(
              "There is no head %d: each layer of the model has %d, 0 to %d."
                  .formatted(head, modelHeads, modelHeads - 1));
        }
      }
    }
  }
}
