package org.longspan.tokenizer;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A Hugging Face tokenizer for whole documents, whatever their length: no truncation, no padding,
 * no BOS or EOS added. Special tokens that stand in a text as such become their ids, as in the
 * reference implementation.
 *
 * <p>Immutable and safe to share between threads. There is one of each in a JVM, and it lives as
 * long as the JVM.
 */
public final class Tokenizer {
  /** UTF-16 units that go through the native encoder at once: some 15 MB of its memory. */
  private static final int PIECE = 1 << 17;

  private static final int OVERLAP = PIECE / 16;
  private static final char REPLACEMENT = '\uFFFD';

  /** The binding cuts at 512 tokens unless every one of these is said. */
  private static final Map<String, String> WHOLE =
      Map.of(
          "truncation", "false",
          "padding", "false",
          "addSpecialTokens", "false",
          "modelMaxLength", Integer.toString(Integer.MAX_VALUE),
          "maxLength", Integer.toString(Integer.MAX_VALUE));

  private static final Map<String, Tokenizer> LOADED = new ConcurrentHashMap<>();

  private final HuggingFaceTokenizer tokenizer;
  private final TokenizerDescription description;
  private final String fingerprint;
  private final PieceJoiner joiner;

  private Tokenizer(TokenizerFiles files, int piece, int overlap) {
    try {
      this.tokenizer =
          HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(files.tokenizer()), WHOLE);
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(
          "The tokenizer at %s cannot be loaded: %s".formatted(files.location(), e.getMessage()),
          e);
    }

    this.description = files.description();
    this.fingerprint = files.fingerprint();
    this.joiner = new PieceJoiner(this::piece, piece, overlap);
  }

  /**
   * The tokenizer at a place; its files are read at each call.
   *
   * @param location {@code builtin:starter}, or a path or Hadoop URI of a tokenizer.json or of a
   *     directory that holds one
   * @throws IllegalArgumentException if there is no tokenizer at that place or it is broken
   */
  public static Tokenizer load(String location) {
    return of(TokenizerFiles.read(location));
  }

  /** The tokenizer that these files describe. */
  public static Tokenizer of(TokenizerFiles files) {
    return LOADED.computeIfAbsent(files.key(), key -> new Tokenizer(files, PIECE, OVERLAP));
  }

  /** One that is not shared and cuts texts into pieces of another length. */
  static Tokenizer withPieces(TokenizerFiles files, int piece, int overlap) {
    return new Tokenizer(files, piece, overlap);
  }

  /**
   * The ids of a whole text, equal to those of one pass of the reference implementation. Time is
   * linear in the text. An unpaired surrogate, which no UTF-8 text can hold, is read as U+FFFD.
   */
  public int[] encode(String text) {
    return joiner.encode(wellFormed(text));
  }

  /** The text of some ids; bytes that are no UTF-8 become U+FFFD. */
  public String decode(int[] ids) {
    return tokenizer.decode(Arrays.stream(ids).asLongStream().toArray(), false);
  }

  /** One more than the largest id. */
  public int vocabularySize() {
    return description.vocabularySize();
  }

  /**
   * The token that ends a text, as {@code tokenizer_config.json} names it; without that file, one
   * of the usual names.
   */
  public OptionalInt eos() {
    return description.eos();
  }

  /** The token for padding, as {@code tokenizer_config.json} names it. */
  public OptionalInt pad() {
    return description.pad();
  }

  /** SHA-256 of {@code tokenizer.json}, in hexadecimal: equal fingerprints give equal ids. */
  public String fingerprint() {
    return fingerprint;
  }

  private Piece piece(String text) {
    Encoding encoding = tokenizer.encode(text, false, false);
    CharSpan[] spans = encoding.getCharTokenSpans();
    int[] starts = new int[spans.length];
    int[] ends = new int[spans.length];

    for (int i = 0; i < spans.length; i++) {
      starts[i] = spans[i].getStart();
      ends[i] = spans[i].getEnd();
    }

    return new Piece(
        Arrays.stream(encoding.getIds()).mapToInt(Math::toIntExact).toArray(), starts, ends);
  }

  private static String wellFormed(String text) {
    StringBuilder repaired = null;

    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);

      if (!Character.isSurrogate(unit)) {
        continue;
      }

      if (Character.isHighSurrogate(unit)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
        continue;
      }

      if (repaired == null) {
        repaired = new StringBuilder(text);
      }

      repaired.setCharAt(i, REPLACEMENT);
    }

    return repaired == null ? text : repaired.toString();
  }
}
