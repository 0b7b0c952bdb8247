package org.longspan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way in which a directory can be no model, and what the user then reads. */
class ModelDirectoryTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;

  @BeforeEach
  void copyStarter() throws IOException {
    try (Stream<Path> files = Files.list(ModelDirectory.resolve("builtin:starter").path())) {
      for (Path file : files.toList()) {
        Files.copy(file, directory.resolve(file.getFileName()));
      }
    }
  }

  @Test
  void aDirectoryAUriAndTheBuiltInModelAreTheSameModel() {
    ModelDirectory builtin = ModelDirectory.resolve("builtin:starter");
    ModelDirectory local = ModelDirectory.resolve(directory.toString());
    ModelDirectory uri = ModelDirectory.resolve(directory.toUri().toString());
    assertThat(local.fingerprint()).hasSize(64).isEqualTo(builtin.fingerprint());
    assertThat(uri.fingerprint()).isEqualTo(builtin.fingerprint());
    assertThat(builtin.config().parameters()).isEqualTo(5_245_184);
    assertThat(builtin.config().architecture()).isEqualTo("LlamaForCausalLM");
  }

  @Test
  void anotherFileSystemIsFetchedOnce() throws IOException {
    SparkHadoopUtil.get().conf().set("fs.mirror.impl", MirrorFileSystem.class.getName());
    String location = "mirror:" + directory;
    String fetched = ModelDirectory.resolve(location).fingerprint();
    assertThat(fetched).isEqualTo(ModelDirectory.resolve(directory.toString()).fingerprint());

    Files.delete(weights());
    assertThat(ModelDirectory.resolve(location).fingerprint()).isEqualTo(fetched);
    refused("mirror:" + directory + "/nowhere").hasMessageContaining("/nowhere");
  }

  @Test
  void aFileSystemThatIsNotThereIsNamed() {
    String location = "unheard-of:" + directory;
    refused(location).hasMessageContaining(location).hasMessageContaining("could not be fetched");
  }

  @Test
  void theFingerprintTellsAnyChangeOfAFile() throws IOException {
    String before = ModelDirectory.resolve(directory.toString()).fingerprint();
    Files.writeString(
        directory.resolve("tokenizer.json"),
        Files.readString(directory.resolve("tokenizer.json")) + "\n");
    assertThat(ModelDirectory.resolve(directory.toString()).fingerprint()).isNotEqualTo(before);
  }

  @Test
  void theDirectoryMustBeThere() {
    refused(directory + "/nowhere")
        .hasMessageContaining("/nowhere")
        .hasMessageContaining("builtin:starter");
    refused("file:" + directory + "/nowhere").hasMessageContaining("/nowhere");
    refused("builtin:large").hasMessageContaining("'large'").hasMessageContaining("starter");
  }

  @ParameterizedTest
  @CsvSource({"config.json", "tokenizer.json", "model.safetensors"})
  void eachFileMustBeThere(String name) throws IOException {
    Files.delete(directory.resolve(name));
    refused(directory.toString())
        .hasMessageContaining(directory.toString())
        .hasMessageContaining("no")
        .hasMessageContaining(name);
  }

  @Test
  void anUnknownArchitectureIsRefusedByName() throws IOException {
    editConfig(config -> config.putArray("architectures").add("MambaForCausalLM"));
    refused(directory.toString())
        .hasMessageContaining("MambaForCausalLM")
        .hasMessageContaining("LlamaForCausalLM");
  }

  @ParameterizedTest
  @CsvSource({
    "hidden_size, 0, hidden_size",
    "num_key_value_heads, 3, 3 key and value heads",
    "head_dim, 63, odd width"
  })
  void aNumberThatCannotBeIsRefused(String key, int value, String message) throws IOException {
    editConfig(config -> config.put(key, value));
    refused(directory.toString()).hasMessageContaining("config.json").hasMessageContaining(message);
  }

  @Test
  void aConfigurationThatIsNotJsonIsRefused() throws IOException {
    Files.writeString(directory.resolve("config.json"), "{\"hidden_size\": ");
    refused(directory.toString()).hasMessageContaining("config.json is not JSON");
  }

  @Test
  void whatTheDecoderCannotDoIsRefused() throws IOException {
    editConfig(config -> config.put("hidden_act", "xielu"));
    refused(directory.toString()).hasMessageContaining("hidden_act 'xielu'");
    editConfig(
        config ->
            config
                .put("hidden_act", "silu")
                .putObject("rope_scaling")
                .put("rope_type", "longrope"));
    refused(directory.toString())
        .hasMessageContaining("rope_type 'longrope'")
        .hasMessageContaining("yarn");
  }

  @ParameterizedTest
  @CsvSource({
    "OPTForCausalLM, layer_norm_elementwise_affine, false",
    "GPT2LMHeadModel, scale_attn_by_inverse_layer_idx, true",
    "Gemma3ForCausalLM, use_bidirectional_attention, true"
  })
  void aVariantThatTheDecoderCannotDoIsRefused(String architecture, String key, boolean value)
      throws IOException {
    editConfig(
        config -> {
          config.putArray("architectures").add(architecture);
          config.put(key, value);
        });
    refused(directory.toString()).hasMessageContaining(key + " '" + value + "'");
  }

  @Test
  void anUnknownKindOfLayerIsRefused() throws IOException {
    editConfig(
        config -> {
          config.putArray("architectures").add("Gemma3ForCausalLM");
          config.putArray("layer_types").add("chunked_attention");
        });
    refused(directory.toString()).hasMessageContaining("layer_types 'chunked_attention'");
  }

  @Test
  void oldAndNewPlacesOfTheRotaryBaseAreRead() throws IOException {
    editConfig(config -> config.put("rope_theta", 500.0));
    assertThat(rotary().base()).isEqualTo(500);
    editConfig(
        config -> {
          config.remove("rope_theta");
          config.putObject("rope_parameters").put("rope_theta", 7e5).put("rope_type", "default");
        });
    assertThat(rotary().base()).isEqualTo(7e5);
  }

  @Test
  void oldAndNewFormsOfAScalingAreOne() throws IOException {
    editConfig(
        config ->
            config
                .putObject("rope_scaling")
                .put("type", "yarn")
                .put("factor", 4.0)
                .put("original_max_position_embeddings", 512));
    Rotary old = rotary();
    editConfig(
        config -> {
          config.remove("rope_scaling");
          config
              .putObject("rope_parameters")
              .put("rope_type", "yarn")
              .put("rope_theta", config.remove("rope_theta").asDouble())
              .put("original_max_position_embeddings", 512);
        });
    assertThat(rotary()).isEqualTo(old);
  }

  @Test
  void theStartTokenIsThatOfTheFile() throws IOException {
    assertThat(ModelDirectory.resolve(directory.toString()).config().startToken()).hasValue(0);
    editConfig(config -> config.putNull("bos_token_id"));
    assertThat(ModelDirectory.resolve(directory.toString()).config().startToken()).isEmpty();
  }

  @Test
  void theHeadSizeMayBeLeftOut() throws IOException {
    editConfig(config -> config.remove("head_dim"));
    assertThat(ModelDirectory.resolve(directory.toString()).config().attention().size())
        .isEqualTo(64);
  }

  @Test
  void aTruncatedHeaderIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(weights());
    Files.write(weights(), java.util.Arrays.copyOf(whole, 1000));
    refused(directory.toString())
        .hasMessageContaining("model.safetensors")
        .hasMessageContaining("header claims 4064 bytes of a file of 1000");
    Files.write(weights(), new byte[5]);
    refused(directory.toString()).hasMessageContaining("5 bytes long");
  }

  @Test
  void truncatedTensorsAreRefused() throws IOException {
    byte[] whole = Files.readAllBytes(weights());
    Files.write(weights(), java.util.Arrays.copyOf(whole, whole.length - 2));
    refused(directory.toString()).hasMessageContaining("its header puts the tensor");
  }

  @Test
  void aHeaderThatLiesAboutLengthsIsRefused() throws IOException {
    editHeader(header -> entry(header).putArray("shape").add(8192).add(257));
    refused(directory.toString())
        .hasMessageContaining("model.embed_tokens.weight")
        .hasMessageContaining("4194304 bytes")
        .hasMessageContaining("takes 4210688");
  }

  @Test
  void aHeaderLengthBeyondAllFilesIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(weights());
    ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).putLong(-1);
    Files.write(weights(), whole);
    refused(directory.toString()).hasMessageContaining("18446744073709551615");
  }

  @Test
  void aHeaderThatIsNoJsonIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(weights());
    whole[8] = '[';
    Files.write(weights(), whole);
    refused(directory.toString()).hasMessageContaining("its header is not");
  }

  @Test
  void anUnknownElementTypeIsRefused() throws IOException {
    editHeader(header -> entry(header).put("dtype", "F8_E4M3"));
    refused(directory.toString())
        .hasMessageContaining("F8_E4M3")
        .hasMessageContaining("[F32, F16, BF16]");
  }

  @Test
  void aMissingTensorIsNamed() throws IOException {
    editHeader(header -> header.remove("model.layers.2.mlp.up_proj.weight"));
    assertThatThrownBy(() -> CausalLm.open(ModelDirectory.resolve(directory.toString())))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("no tensor 'model.layers.2.mlp.up_proj.weight'");
  }

  @Test
  void aTensorOfAnotherShapeIsNamed() throws IOException {
    editConfig(config -> config.put("intermediate_size", 700));
    assertThatThrownBy(() -> CausalLm.open(ModelDirectory.resolve(directory.toString())))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("model.layers.0.mlp.gate_proj.weight")
        .hasMessageContaining("[768, 256]")
        .hasMessageContaining("[700, 256]");
  }

  @Test
  void aTokenizerOfAnotherModelIsRefused() {
    ModelDirectory starter = ModelDirectory.resolve(directory.toString());
    starter.requireToken(8191);
    assertThatThrownBy(() -> starter.requireToken(8192))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("8192")
        .hasMessageContaining("tokenizer.json");
  }

  /** The local disk under another scheme. */
  public static final class MirrorFileSystem extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("mirror:///");
    }
  }

  private Rotary rotary() {
    return ModelDirectory.resolve(directory.toString())
        .config()
        .pattern()
        .get(0)
        .rotary()
        .orElseThrow();
  }

  private Path weights() {
    return directory.resolve("model.safetensors");
  }

  private void editConfig(Consumer<ObjectNode> edit) throws IOException {
    Path file = directory.resolve("config.json");
    ObjectNode config = (ObjectNode) JSON.readTree(Files.readAllBytes(file));
    edit.accept(config);
    Files.write(file, JSON.writeValueAsBytes(config));
  }

  /** Rewrites the header and leaves the tensors' bytes as they are. */
  private void editHeader(Consumer<ObjectNode> edit) throws IOException {
    ByteBuffer whole =
        ByteBuffer.wrap(Files.readAllBytes(weights())).order(ByteOrder.LITTLE_ENDIAN);
    byte[] old = new byte[(int) whole.getLong()];
    whole.get(old);
    ObjectNode header = (ObjectNode) JSON.readTree(old);
    edit.accept(header);
    byte[] edited = JSON.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
    Files.write(
        weights(),
        ByteBuffer.allocate(8 + edited.length + whole.remaining())
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(edited.length)
            .put(edited)
            .put(whole)
            .array());
  }

  private static ObjectNode entry(ObjectNode header) {
    return (ObjectNode) header.get("model.embed_tokens.weight");
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> refused(String location) {
    return assertThatThrownBy(() -> ModelDirectory.resolve(location))
        .isInstanceOf(ModelException.class);
  }
}
