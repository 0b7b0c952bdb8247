package org.longspan.embed;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.longspan.model.EmbedderDirectory;
import org.longspan.model.ModelException;

/**
 * Texts as vectors of length 1 by a sentence embedder:
 *
 * <pre>
 *   w = mean over a window's tokens of the model's last hidden states, padding left out
 *   v = mean of w / |w| over the text's windows, scaled to length 1
 * </pre>
 *
 * <p>Windows are cut by tokens; of a text far longer than all of them they are excerpts, read as
 * far as the model reads at once.
 *
 * <p>The model runs through DJL on ONNX Runtime, or on PyTorch from a TorchScript file; it is given
 * {@code input_ids}, {@code attention_mask} and, where it has a third input, {@code token_type_ids}
 * of 0, and gives [rows, tokens, dimension], or [rows, dimension] of vectors that it has pooled
 * itself. One thread a call. There is one of each in a JVM, safe to share.
 */
public final class TextEmbedder {
  /** Characters of a window for each token: English has more, so its windows are not quite full. */
  private static final int CHARACTERS_OF_A_TOKEN = 4;

  /** Texts of up to so many times the characters that windows have by that are encoded whole. */
  private static final int WHOLE = 4;

  private static final int ROWS = 16;
  private static final String ONNX_RUNTIME = "OnnxRuntime";

  private static final Map<String, TextEmbedder> LOADED = new ConcurrentHashMap<>();

  private final EmbedderDirectory directory;
  private final HuggingFaceTokenizer tokenizer;
  private final Model model;
  private final int inputs;
  private final int specials;

  private TextEmbedder(EmbedderDirectory directory) {
    this.directory = directory;
    Thread thread = Thread.currentThread();
    ClassLoader loader = thread.getContextClassLoader();
    // Engines are looked up once, through the thread's loader, which in a Spark task may be one
    // that does not see them.
    thread.setContextClassLoader(TextEmbedder.class.getClassLoader());
    try {
      this.tokenizer =
          HuggingFaceTokenizer.newInstance(
              directory.tokenizer(),
              Map.of(
                  "truncation", "true",
                  "padding", "false",
                  "maxLength", Integer.toString(directory.tokens())));
      this.model = open(directory);
      this.specials = tokenizer.encode("", true, false).getIds().length;
      this.inputs = directory.isOnnx() ? model.getBlock().describeInput().size() : 2;
    } catch (IOException | MalformedModelException | EngineException e) {
      throw new ModelException(
          "The embedder %s cannot be loaded: %s".formatted(directory.model(), e.getMessage()), e);
    } finally {
      thread.setContextClassLoader(loader);
    }
  }

  /** The embedder of a directory; the first caller loads it, and others wait for that. */
  public static TextEmbedder of(EmbedderDirectory directory) {
    return LOADED.computeIfAbsent(directory.fingerprint(), key -> new TextEmbedder(directory));
  }

  private static Model open(EmbedderDirectory directory)
      throws IOException, MalformedModelException {
    Model model =
        Model.newInstance("embedder", Device.cpu(), directory.isOnnx() ? ONNX_RUNTIME : "PyTorch");
    String prefix = directory.model().getFileName().toString().replaceFirst("\\.[a-z]+$", "");
    if (directory.isOnnx()) {
      // A Spark task has one core.
      model.load(
          directory.model().getParent(),
          prefix,
          Map.of("intraOpNumThreads", "1", "interOpNumThreads", "1"));
    } else {
      try (InputStream in = Files.newInputStream(directory.model())) {
        model.load(in);
      }
    }

    return model;
  }

  /**
   * The vectors of some texts, in their order; null for a text without a token.
   *
   * @param windows read of a text, at most; at least 1
   * @throws ModelException if the model's output is of another shape or not finite; the message
   *     tells the place of the text
   */
  public List<float[]> embed(List<String> texts, int windows) {
    Windows read = new Windows(windows, directory.tokens() * CHARACTERS_OF_A_TOKEN);
    List<Window> all = new ArrayList<>();
    for (int t = 0; t < texts.size(); t++) {
      for (long[] ids : windows(texts.get(t), read)) {
        all.add(new Window(t, ids));
      }
    }

    // Rows of like length waste little on padding.
    all.sort(Comparator.comparingInt(window -> window.ids().length));
    float[][] sums = new float[texts.size()][];
    try (Predictor<NDList, NDList> predictor = model.newPredictor(new NoopTranslator())) {
      for (int a = 0; a < all.size(); a += ROWS) {
        run(predictor, all.subList(a, Math.min(a + ROWS, all.size())), sums);
      }
    } catch (TranslateException e) {
      throw new ModelException(
          "The embedder %s failed: %s Check that its inputs are input_ids, attention_mask and token_type_ids."
              .formatted(directory.location(), e.getMessage()),
          e);
    }

    return Arrays.stream(sums).map(sum -> sum == null ? null : unit(sum)).toList();
  }

  /**
   * The tokens of a text's windows. A text that is likely to fit is encoded whole and cut by
   * tokens; of a longer one excerpts are encoded, each as far as the model reads at once.
   */
  private List<long[]> windows(String text, Windows read) {
    boolean whole = text.length() <= (long) WHOLE * read.most() * read.characters();
    List<Encoding> encodings = new ArrayList<>();
    for (String excerpt : whole ? List.of(text) : read.of(text)) {
      Encoding encoding = tokenizer.encode(excerpt, true, whole);
      encodings.add(encoding);
      encodings.addAll(Arrays.asList(encoding.getOverflowing()));
    }

    List<long[]> ids =
        encodings.stream().map(Encoding::getIds).filter(each -> each.length > specials).toList();
    return ids.size() <= read.most()
        ? ids
        : IntStream.range(0, read.most())
            .mapToObj(w -> ids.get(w * (ids.size() - 1) / Math.max(1, read.most() - 1)))
            .toList();
  }

  /** A window's tokens, and the place of its text. */
  private record Window(int text, long[] ids) {}

  private void run(Predictor<NDList, NDList> predictor, List<Window> rows, float[][] sums)
      throws TranslateException {
    int length = rows.stream().mapToInt(row -> row.ids().length).max().orElseThrow();
    long[] ids = new long[rows.size() * length];
    long[] mask = new long[ids.length];
    for (int r = 0; r < rows.size(); r++) {
      long[] own = rows.get(r).ids();
      System.arraycopy(own, 0, ids, r * length, own.length);
      Arrays.fill(mask, r * length, r * length + own.length, 1);
    }

    try (NDManager manager = model.getNDManager().newSubManager()) {
      NDList input = new NDList();
      Shape shape = new Shape(rows.size(), length);
      input.add(named(manager, ids, shape, "input_ids"));
      input.add(named(manager, mask, shape, "attention_mask"));
      if (inputs > 2) {
        input.add(named(manager, new long[ids.length], shape, "token_type_ids"));
      }

      try (NDList output = predictor.predict(input)) {
        NDArray states = output.get(0);
        int dimension = dimension(states.getShape(), shape);
        float[] values = states.toFloatArray();
        int tokens = states.getShape().dimension() == 3 ? length : 1;
        for (int r = 0; r < rows.size(); r++) {
          int own = Math.min(tokens, rows.get(r).ids().length);
          add(sums, rows.get(r).text(), mean(values, r * tokens, own, dimension));
        }
      }
    }
  }

  private static NDArray named(NDManager manager, long[] values, Shape shape, String name) {
    NDArray array = manager.create(LongBuffer.wrap(values), shape);
    array.setName(name);
    return array;
  }

  private int dimension(Shape output, Shape input) {
    boolean ofTokens = output.dimension() == 3 && output.get(1) == input.get(1);
    if ((!ofTokens && output.dimension() != 2) || output.get(0) != input.get(0)) {
      throw new ModelException(
          "The embedder %s gives an output of shape %s for an input of shape %s: it must give [rows, tokens, dimension] or [rows, dimension]."
              .formatted(directory.location(), output, input));
    }

    int dimension = Math.toIntExact(output.get(output.dimension() - 1));
    directory
        .dimension()
        .ifPresent(
            said -> {
              if (said != dimension) {
                throw new ModelException(
                    "The embedder %s gives vectors of %d components, but its config.json says hidden_size %d: the two files belong to different models."
                        .formatted(directory.location(), dimension, said));
              }
            });
    return dimension;
  }

  private static float[] mean(float[] values, int row, int tokens, int dimension) {
    float[] mean = new float[dimension];
    for (int t = 0; t < tokens; t++) {
      int offset = (row + t) * dimension;
      for (int c = 0; c < dimension; c++) {
        mean[c] += values[offset + c];
      }
    }

    return mean;
  }

  private void add(float[][] sums, int text, float[] window) {
    float[] unit = unit(window);
    if (IntStream.range(0, unit.length).anyMatch(c -> !Float.isFinite(unit[c]))) {
      throw new ModelException(
          "The embedder %s gives a vector that is zero or not a number for text %d of the batch: the file is damaged, or in a precision that this machine lacks; export it again in 32 bits."
              .formatted(directory.location(), text));
    }

    if (sums[text] == null) {
      sums[text] = unit;
      return;
    }

    for (int c = 0; c < unit.length; c++) {
      sums[text][c] += unit[c];
    }
  }

  private static float[] unit(float[] vector) {
    double square = 0;
    for (float component : vector) {
      square += (double) component * component;
    }

    double length = Math.sqrt(square);
    float[] unit = new float[vector.length];
    for (int c = 0; c < unit.length; c++) {
      unit[c] = (float) (vector[c] / length);
    }

    return unit;
  }
}
