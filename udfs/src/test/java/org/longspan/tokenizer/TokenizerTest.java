package org.longspan.tokenizer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TokenizerTest {
  private static final Path SHARED = Path.of(System.getProperty("longspan.root"), "..", "shared");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TokenizerFiles STARTER = TokenizerFiles.read("builtin:starter");
  private static final Tokenizer TINY_PIECES = Tokenizer.withPieces(STARTER, 512, 128);
  private static final HuggingFaceTokenizer ONE_PASS = onePass(STARTER);

  @ParameterizedTest
  @MethodSource("hardTexts")
  void piecesGiveTheIdsOfOnePass(String name, String text) {
    assertThat(TINY_PIECES.encode(text)).as(name).isEqualTo(inOnePass(ONE_PASS, text));
    assertThat(Tokenizer.withPieces(STARTER, 2048, 512).encode(text))
        .as(name)
        .isEqualTo(inOnePass(ONE_PASS, text));
  }

  static Stream<Arguments> hardTexts() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("empty", "");
    texts.put("one letter", "a".repeat(5003));
    texts.put("two letters", "ab".repeat(5003));
    texts.put("spaces", "x" + " ".repeat(5003) + "x");
    texts.put("spaces to the end", "x" + " ".repeat(5003));
    texts.put("newlines", "a\n" + "\n".repeat(5003) + "b");
    texts.put("newlines and spaces", "\n   \n \n".repeat(800) + "b");
    texts.put("tabs and carriage returns", "\t\r\n".repeat(1700));
    texts.put("digits", random(11, 5003, "0123456789"));
    texts.put("few digits", random(12, 5003, "01"));
    texts.put("apostrophes", random(13, 5003, "'stdmlrve "));
    texts.put("punctuation", random(14, 5003, "!.,;-_=\n"));
    texts.put("letters without spaces", random(15, 5003, "abcdefghijklmnopqrstuvwxyzABCDE"));
    texts.put("emoji", "\uD83D\uDE00".repeat(1500));
    texts.put("joined emoji", "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67 ".repeat(500));
    texts.put("combining", "e\u0301a\u0308\u0323".repeat(900));
    texts.put(
        "chinese",
        random(16, 5003, "\u7684\u4E00\u662F\u4E0D\u4E86\u4EBA\u6211\u5728\uFF0C\u3002"));
    texts.put("special tokens", "<|eos|>a<|bos|> <|pad|>".repeat(400));
    texts.put("NUL", "a\u0000".repeat(1000));
    return texts.entrySet().stream().map(text -> Arguments.of(text.getKey(), text.getValue()));
  }

  @Property(tries = 300)
  void anyTextHasTheIdsOfOnePass(@ForAll("texts") String text) {
    assertThat(TINY_PIECES.encode(text)).isEqualTo(inOnePass(ONE_PASS, text));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.frequencyOf(
            Tuple.of(
                6, Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(9)),
            Tuple.of(4, Arbitraries.of(" ", " ", "\n", "\n\n", "    ", "\t", "'", "'s", "<|eos|>")),
            Tuple.of(2, Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(200)),
            Tuple.of(1, Arbitraries.strings().whitespace().ofMaxLength(200)),
            Tuple.of(
                2,
                Arbitraries.integers()
                    .between(0x20, 0x1FAFF)
                    .filter(c -> c < 0xD800 || c > 0xDFFF)
                    .map(Character::toString)))
        .list()
        .ofMaxSize(150)
        .map(parts -> String.join("", parts));
  }

  @Test
  void documentsOfTheCorpusHaveTheIdsOfOnePass() throws IOException {
    Path corpus = SHARED.resolve("data/corpus/legal-00.jsonl.gz");
    assumeTrue(Files.exists(corpus), "No corpus at " + corpus + ": its documents are not checked.");
    Tokenizer tokenizer = Tokenizer.withPieces(STARTER, 4096, 256);

    for (String text : texts(corpus, 12)) {
      String head = text.substring(0, Math.min(text.length(), 300_000));
      assertThat(tokenizer.encode(head)).isEqualTo(inOnePass(ONE_PASS, head));
    }
  }

  @Test
  void idsEqualTheReferenceImplementation() throws IOException {
    assertEqualsReference(Tokenizer.of(STARTER), "starter-4k.jsonl");
  }

  @Test
  void idsOfARealModelEqualTheReferenceImplementation() throws IOException {
    String directory = System.getProperty("longspan.smollm2", "");
    assumeTrue(
        Files.exists(Path.of(directory, "tokenizer.json")),
        "No SmolLM2 at -Dlongspan.smollm2=" + directory + ": its tokenizer is not checked.");
    TokenizerFiles files = TokenizerFiles.read(directory);

    assertEqualsReference(Tokenizer.of(files), "smollm2-4k.jsonl");
    assertThat(Tokenizer.of(files).vocabularySize()).isEqualTo(49_152);

    try (HuggingFaceTokenizer onePass = onePass(files)) {
      Tokenizer pieces = Tokenizer.withPieces(files, 1024, 128);
      hardTexts()
          .map(text -> (String) text.get()[1])
          .forEach(text -> assertThat(pieces.encode(text)).isEqualTo(inOnePass(onePass, text)));
    }
  }

  private static void assertEqualsReference(Tokenizer tokenizer, String scores) throws IOException {
    Path documents = SHARED.resolve("reference/documents-4k.jsonl");
    assumeTrue(Files.exists(documents), "No reference at " + documents + ": ids are not checked.");
    List<JsonNode> texts = lines(documents);
    List<JsonNode> expected = lines(SHARED.resolve("reference").resolve(scores));

    assertThat(texts).hasSameSizeAs(expected);

    for (int d = 0; d < texts.size(); d++) {
      int[] ids = tokenizer.encode(texts.get(d).path("text").asText());
      int[] first = JSON.convertValue(expected.get(d).path("tokens"), int[].class);

      assertThat(texts.get(d).path("id")).isEqualTo(expected.get(d).path("id"));
      assertThat(ids).hasSize(expected.get(d).path("count").asInt()).startsWith(first);
    }
  }

  @Test
  void idsDecodeToTheText() {
    String text = "Longer context,\n\nna\u00EFve \uD83D\uDE00 \u7684 <|eos|> 12345 end.";

    assertThat(Tokenizer.of(STARTER).decode(Tokenizer.of(STARTER).encode(text))).isEqualTo(text);
  }

  @Test
  void anUnpairedSurrogateIsReadAsTheReplacementCharacter() {
    Tokenizer tokenizer = Tokenizer.of(STARTER);

    assertThat(tokenizer.encode("a\uD800b\uDC00\uDC00 \uD83D\uDE00 \uD83D"))
        .isEqualTo(tokenizer.encode("a\uFFFDb\uFFFD\uFFFD \uD83D\uDE00 \uFFFD"));
  }

  @Test
  void specialTokensAndSizeComeFromTheFiles() {
    Tokenizer tokenizer = Tokenizer.of(STARTER);

    assertThat(tokenizer.vocabularySize()).isEqualTo(8192);
    assertThat(tokenizer.eos()).hasValue(1);
    assertThat(tokenizer.pad()).hasValue(2);
    assertThat(tokenizer.fingerprint()).isEqualTo(STARTER.fingerprint()).hasSize(64);
  }

  @Test
  void aBareTokenizerFileFindsAUsualEndOfText(@TempDir Path directory) throws IOException {
    Path file = Files.write(directory.resolve("tokenizer.json"), STARTER.tokenizer());
    Tokenizer bare = Tokenizer.load(file.toString());

    assertThat(bare.eos()).hasValue(1);
    assertThat(bare.pad()).isEmpty();
    assertThat(bare.fingerprint()).isEqualTo(STARTER.fingerprint());
  }

  @Test
  void oneTokenizerServesTheWholeJvm(@TempDir Path directory) throws IOException {
    Files.write(directory.resolve("tokenizer.json"), STARTER.tokenizer());

    assertThat(Tokenizer.load(directory.toUri().toString()))
        .isSameAs(Tokenizer.load(directory.resolve("tokenizer.json").toString()));
    assertThat(Tokenizer.load("builtin:starter")).isSameAs(Tokenizer.of(STARTER));
  }

  @Test
  void threadsShareATokenizer() {
    String text = random(17, 20_000, "abc def ghi\n");
    int[] expected = inOnePass(ONE_PASS, text);

    assertThat(IntStream.range(0, 8).parallel().mapToObj(i -> TINY_PIECES.encode(text)))
        .allSatisfy(ids -> assertThat(ids).isEqualTo(expected));
  }

  @Test
  void aPlaceWithoutATokenizerIsNamed(@TempDir Path directory) {
    assertThatThrownBy(() -> Tokenizer.load(directory.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("There is no tokenizer at " + directory)
        .hasMessageContaining("builtin:starter");
    assertThatThrownBy(() -> Tokenizer.load("builtin:other"))
        .hasMessageContaining("There is no tokenizer at builtin:other");
  }

  @Test
  void aBrokenTokenizerIsNamed(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("tokenizer.json");
    Files.writeString(file, "{\"model\": {");
    assertThatThrownBy(() -> Tokenizer.load(file.toString()))
        .hasMessageContaining(file.toString())
        .hasMessageContaining("broken JSON");

    Files.writeString(file, "{}");
    assertThatThrownBy(() -> Tokenizer.load(file.toString()))
        .hasMessageContaining("no model.vocab");
  }

  /** Runs in the heap of any test (2 GB); one pass of the binding over these texts needs more. */
  @Tag("slow")
  @Test
  void twentyMegabytesWithoutASpaceGoThrough() {
    int length = 20_000_000;
    Tokenizer tokenizer = Tokenizer.of(STARTER);

    assertThat(tokenizer.decode(tokenizer.encode("a".repeat(length)))).hasSize(length);

    String letters = random(18, length, "abcdefghijklmnopqrstuvwxyz");
    assertThat(tokenizer.decode(tokenizer.encode(letters))).isEqualTo(letters);
  }

  private static HuggingFaceTokenizer onePass(TokenizerFiles files) {
    try {
      return HuggingFaceTokenizer.newInstance(
          new ByteArrayInputStream(files.tokenizer()),
          Map.of(
              "truncation",
              "false",
              "padding",
              "false",
              "maxLength",
              "2147483647",
              "modelMaxLength",
              "2147483647"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int[] inOnePass(HuggingFaceTokenizer tokenizer, String text) {
    return Arrays.stream(tokenizer.encode(text, false, false).getIds())
        .mapToInt(id -> (int) id)
        .toArray();
  }

  private static String random(long seed, int length, String alphabet) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder(length);

    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }

    return text.toString();
  }

  private static List<JsonNode> lines(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.map(TokenizerTest::parsed).toList();
    }
  }

  private static List<String> texts(Path file, int limit) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), UTF_8))) {
      return lines.lines().limit(limit).map(line -> parsed(line).path("text").asText()).toList();
    }
  }

  private static JsonNode parsed(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
