package org.longspan.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Writes a directory of a one-layer model with random weights: the same values in any element type
 * and in one file or several, with or without biases and an output layer of its own.
 */
final class TinyModel {
  static final int VOCABULARY = 16;
  private static final int HIDDEN = 8;
  private static final int INNER = 12;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, float[]> tensors = new LinkedHashMap<>();
  private final Map<String, int[]> shapes = new LinkedHashMap<>();
  private final Random random = new Random(1);
  private final boolean tied;
  private final boolean biased;

  private TinyModel(boolean tied, boolean biased) {
    this.tied = tied;
    this.biased = biased;
    matrix("model.embed_tokens.weight", VOCABULARY, HIDDEN);
    vector("model.norm.weight", HIDDEN);
    String layer = "model.layers.0.";
    vector(layer + "input_layernorm.weight", HIDDEN);
    vector(layer + "post_attention_layernorm.weight", HIDDEN);
    projection(layer + "self_attn.q_proj", 8, HIDDEN);
    projection(layer + "self_attn.k_proj", 4, HIDDEN);
    projection(layer + "self_attn.v_proj", 4, HIDDEN);
    projection(layer + "self_attn.o_proj", HIDDEN, 8);
    matrix(layer + "mlp.gate_proj.weight", INNER, HIDDEN);
    matrix(layer + "mlp.up_proj.weight", INNER, HIDDEN);
    matrix(layer + "mlp.down_proj.weight", HIDDEN, INNER);

    if (!tied) {
      matrix("lm_head.weight", VOCABULARY, HIDDEN);
    }
  }

  static TinyModel tied() {
    return new TinyModel(true, false);
  }

  static TinyModel untied() {
    return new TinyModel(false, false);
  }

  static TinyModel biased() {
    return new TinyModel(false, true);
  }

  /** The values of a tensor, to change in place. */
  float[] tensor(String name) {
    return tensors.get(name);
  }

  /** Drops all tensors but these. */
  void keep(String... names) {
    tensors.keySet().retainAll(List.of(names));
  }

  /** Writes the model with its tensors spread over that many files. */
  ModelDirectory write(Path directory, Safetensors.Type type, int shards) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("tokenizer.json"), "{}");
    Files.write(directory.resolve("config.json"), JSON.writeValueAsBytes(config()));
    List<String> names = new ArrayList<>(tensors.keySet());
    ObjectNode index = JSON.createObjectNode();

    for (int s = 0; s < shards; s++) {
      List<String> part = names.subList(names.size() * s / shards, names.size() * (s + 1) / shards);
      String file = shards == 1 ? "model.safetensors" : "model-%05d.safetensors".formatted(s + 1);
      part.forEach(name -> index.withObject("/weight_map").put(name, file));
      Files.write(directory.resolve(file), bytes(part, type));
    }

    if (shards > 1) {
      Files.write(directory.resolve("model.safetensors.index.json"), JSON.writeValueAsBytes(index));
    }

    return ModelDirectory.resolve(directory.toString());
  }

  private ObjectNode config() {
    ObjectNode config = JSON.createObjectNode();
    config.putArray("architectures").add("LlamaForCausalLM");
    return config
        .put("hidden_size", HIDDEN)
        .put("intermediate_size", INNER)
        .put("num_hidden_layers", 1)
        .put("num_attention_heads", 2)
        .put("num_key_value_heads", 1)
        .put("vocab_size", VOCABULARY)
        .put("max_position_embeddings", 64)
        .put("rms_norm_eps", 1e-5)
        .put("rope_theta", 10_000.0)
        .put("tie_word_embeddings", tied)
        .put("attention_bias", biased);
  }

  private byte[] bytes(List<String> names, Safetensors.Type type) throws IOException {
    ObjectNode header = JSON.createObjectNode();
    int end = 0;

    for (String name : names) {
      ObjectNode entry = header.putObject(name).put("dtype", type.name());
      entry.set("shape", JSON.valueToTree(shapes.get(name)));
      int begin = end;
      end += tensors.get(name).length * type.bytes();
      entry.putArray("data_offsets").add(begin).add(end);
    }

    byte[] head = JSON.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(8 + head.length + end)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(head.length)
            .put(head);

    for (String name : names) {
      for (float value : tensors.get(name)) {
        switch (type) {
          case F32 -> file.putFloat(value);
          case F16 -> file.putShort(half(value));
          case BF16 -> file.putShort((short) (Float.floatToIntBits(value) >>> 16));
        }
      }
    }

    return file.array();
  }

  /** The half-precision bits of a value that has them: an eighth of a small whole number. */
  private static short half(float value) {
    int bits = Float.floatToIntBits(value);
    int exponent = ((bits >>> 23) & 0xff) - 127 + 15;
    int sign = (bits >>> 16) & 0x8000;
    return (short) (value == 0 ? sign : sign | exponent << 10 | (bits >>> 13) & 0x3ff);
  }

  private void projection(String name, int out, int in) {
    matrix(name + ".weight", out, in);

    if (biased) {
      vector(name + ".bias", out);
    }
  }

  private void matrix(String name, int rows, int columns) {
    put(name, rows * columns, rows, columns);
  }

  private void vector(String name, int length) {
    put(name, length, length);
  }

  private void put(String name, int size, int... shape) {
    float[] values = new float[size];

    for (int i = 0; i < size; i++) {
      // Eighths are exact in every element type.
      values[i] = (random.nextInt(17) - 8) / 8f;
    }

    tensors.put(name, values);
    shapes.put(name, shape);
  }
}
