package org.longspan.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * What a tokenizer's files say of its ids.
 *
 * @param vocabularySize one more than the largest id
 * @param eos the end of a text, if named
 * @param pad padding, if named
 */
record TokenizerDescription(int vocabularySize, OptionalInt eos, OptionalInt pad) {
  /** Names of an end of text, for a tokenizer.json without the file that names it. */
  private static final List<String> USUAL_EOS =
      List.of("<|endoftext|>", "<|end_of_text|>", "<|eos|>", "</s>", "<eos>");

  static TokenizerDescription of(JsonNode rules, JsonNode configuration) {
    OptionalInt eos = id(rules, name(configuration.path("eos_token")));

    if (!configuration.has("eos_token")) {
      eos =
          USUAL_EOS.stream()
              .map(name -> addedId(rules, name))
              .filter(OptionalInt::isPresent)
              .findFirst()
              .orElse(OptionalInt.empty());
    }

    return new TokenizerDescription(
        largestId(rules) + 1, eos, id(rules, name(configuration.path("pad_token"))));
  }

  /** A special token's name: a string, or an object with its content. */
  private static String name(JsonNode token) {
    return token.isObject() ? token.path("content").asText(null) : token.asText(null);
  }

  private static OptionalInt id(JsonNode rules, String name) {
    if (name == null) {
      return OptionalInt.empty();
    }

    OptionalInt added = addedId(rules, name);
    return added.isPresent() ? added : vocabularyId(rules.path("model").path("vocab"), name);
  }

  private static OptionalInt addedId(JsonNode rules, String name) {
    return StreamSupport.stream(rules.path("added_tokens").spliterator(), false)
        .filter(token -> Objects.equals(token.path("content").asText(), name))
        .mapToInt(token -> token.path("id").asInt())
        .findFirst();
  }

  /** A vocabulary is an object of ids by name, or for unigram models a list of name and score. */
  private static OptionalInt vocabularyId(JsonNode vocabulary, String name) {
    if (vocabulary.isArray()) {
      return IntStream.range(0, vocabulary.size())
          .filter(id -> vocabulary.get(id).path(0).asText().equals(name))
          .findFirst();
    }

    return vocabulary.has(name)
        ? OptionalInt.of(vocabulary.get(name).asInt())
        : OptionalInt.empty();
  }

  private static int largestId(JsonNode rules) {
    JsonNode vocabulary = rules.path("model").path("vocab");
    IntStream ids =
        vocabulary.isArray()
            ? IntStream.of(vocabulary.size() - 1)
            : vocabulary.properties().stream().map(Map.Entry::getValue).mapToInt(JsonNode::asInt);
    IntStream added =
        StreamSupport.stream(rules.path("added_tokens").spliterator(), false)
            .mapToInt(token -> token.path("id").asInt());
    return IntStream.concat(ids, added).max().orElse(-1);
  }
}
