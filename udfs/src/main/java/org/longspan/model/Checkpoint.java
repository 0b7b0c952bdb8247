package org.longspan.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The tensors of a model directory by name, in one safetensors file or in the shards of an index.
 */
final class Checkpoint {
  static final String SINGLE = "model.safetensors";
  static final String INDEX = "model.safetensors.index.json";

  private final Path directory;
  private final List<Path> files;
  private final Map<String, Safetensors.Tensor> tensors = new TreeMap<>();

  private Checkpoint(Path directory, List<Path> files, List<Path> shards) {
    this.directory = directory;
    this.files = Collections.unmodifiableList(files);

    for (Path shard : shards) {
      tensors.putAll(Safetensors.open(shard).tensors());
    }
  }

  static Checkpoint open(Path directory) {
    Path single = directory.resolve(SINGLE);

    if (Files.isRegularFile(single)) {
      return new Checkpoint(directory, List.of(single), List.of(single));
    }

    Path index = directory.resolve(INDEX);

    if (!Files.isRegularFile(index)) {
      throw new ModelException(
          "The model directory %s has neither %s nor %s: convert its weights to safetensors, or fetch them."
              .formatted(directory, SINGLE, INDEX));
    }

    List<Path> shards = shards(directory, index);
    List<Path> files = new ArrayList<>(shards);
    files.add(0, index);
    return new Checkpoint(directory, files, shards);
  }

  /** Every file that was read, the index first. */
  List<Path> files() {
    return files;
  }

  /** Whether any tensor is of a type. */
  boolean has(Safetensors.Type type) {
    return tensors.values().stream().anyMatch(tensor -> tensor.type() == type);
  }

  Path directory() {
    return directory;
  }

  boolean has(String name) {
    return tensors.containsKey(name);
  }

  Safetensors.Tensor tensor(String name) {
    Safetensors.Tensor tensor = tensors.get(name);

    if (tensor == null) {
      throw new ModelException(
          "The weights in %s have no tensor '%s', which config.json calls for: fetch the weights that belong to this config.json."
              .formatted(directory, name));
    }

    return tensor;
  }

  private static List<Path> shards(Path directory, Path index) {
    JsonNode map;

    try {
      map = new ObjectMapper().readTree(Files.readAllBytes(index)).path("weight_map");
    } catch (IOException e) {
      throw new ModelException("%s is not readable JSON: fetch it again.".formatted(index), e);
    }

    TreeSet<String> names = new TreeSet<>();
    map.elements().forEachRemaining(name -> names.add(name.asText()));

    if (names.isEmpty()) {
      throw new ModelException(
          "%s has no weight_map that names its shards: fetch it again.".formatted(index));
    }

    List<Path> shards = new ArrayList<>();

    for (String name : names) {
      Path shard = directory.resolve(Path.of(name).getFileName());

      if (!Files.isRegularFile(shard)) {
        throw new ModelException(
            "%s names the shard %s, which is not there: fetch it into the same directory."
                .formatted(index, name));
      }

      shards.add(shard);
    }

    return shards;
  }
}
