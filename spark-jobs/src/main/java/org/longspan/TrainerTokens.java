package org.longspan;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.OptionalInt;
import org.longspan.conf.ConfigurationException;
import org.longspan.conf.Problem;
import org.longspan.tokenizer.Tokenizer;

/**
 * What packing needs to know of the trainer's tokenizer.
 *
 * @param separator id of the token after each document; -1: none
 * @param pad id of the token that fills a row up
 * @param vocabularySize number of ids
 */
record TrainerTokens(int separator, int pad, int vocabularySize) {

  /**
   * Reads the tokenizer.
   *
   * @param separator {@code eos} or {@code none}
   * @throws ConfigurationException where there is no such tokenizer, or where it has no end-of-text
   *     token but one is asked for, or neither that nor a padding token
   */
  static TrainerTokens of(String tokenizer, String separator) {
    Tokenizer read = load(tokenizer);
    OptionalInt eos = read.eos();
    OptionalInt pad = read.pad().isPresent() ? read.pad() : eos;
    if (separator.equals("eos") && eos.isEmpty()) {
      throw refused(
          "pack.separator",
          "The tokenizer %s names no end-of-text token. Set pack.separator = none, or name eos_token in its tokenizer_config.json."
              .formatted(tokenizer));
    }

    return new TrainerTokens(
        separator.equals("eos") ? eos.getAsInt() : -1,
        pad.orElseThrow(
            () ->
                refused(
                    "tokenizer",
                    "The tokenizer %s names neither a padding nor an end-of-text token, and rows that are not full need one. Name pad_token in its tokenizer_config.json."
                        .formatted(tokenizer))),
        read.vocabularySize());
  }

  private static Tokenizer load(String tokenizer) {
    try {
      return Tokenizer.load(tokenizer);
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw refused("tokenizer", e.getMessage());
    }
  }

  private static ConfigurationException refused(String key, String message) {
    return new ConfigurationException(List.of(new Problem("configuration", key, message)));
  }
}
