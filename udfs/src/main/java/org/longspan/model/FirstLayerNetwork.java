package org.longspan.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.longspan.attention.AttentionView;
import org.longspan.attention.Heads;
import org.longspan.context.PassPredictions;

/**
 * The queries and keys of a model's first layer, for views of its attention alone. The embedding
 * stays in its file: each pass reads the rows of its own tokens.
 */
final class FirstLayerNetwork implements Network {
  private final ModelDirectory directory;
  private final NDManager manager;
  private final Precision precision;
  private final Decoder decoder;

  FirstLayerNetwork(ModelDirectory directory, NDManager manager, Precision precision) {
    this.directory = directory;
    this.manager = manager;
    this.precision = precision;

    try (NDManager host = PyTorch.manager("cpu")) {
      List<NDArray> read =
          DecoderWeights.readFirst(directory.config(), directory.checkpoint(), host).arrays();
      this.decoder =
          new Decoder(
              directory.config(), precision.moved(read, directory.checkpoint(), manager), manager);
    }
  }

  @Override
  public void requireHeads(Heads heads) {
    ModelConfig config = directory.config();
    heads.requireIn(config.layers(), config.attention().heads());

    if (!heads.layers(config.layers()).equals(List.of(0))) {
      throw firstLayerOnly();
    }
  }

  @Override
  public Attended attend(
      int[] row, int before, Collection<? extends AttentionView<?>> views, Besides besides) {
    AttentionProgram program =
        AttentionProgram.of(views, before, row.length - before, directory.config());

    if (besides != Besides.NOTHING || !program.ofFirstLayer()) {
      throw firstLayerOnly();
    }

    int[] ids = Arrays.stream(row).distinct().sorted().toArray();
    int[] numbers = Arrays.stream(row).map(id -> Arrays.binarySearch(ids, id)).toArray();

    try (NDManager pass = manager.newSubManager();
        NDManager host = PyTorch.manager("cpu")) {
      NDArray rows =
          DecoderWeights.embedding(directory.config(), directory.checkpoint(), ids, host);
      NDArray embedding = precision.moved(List.of(rows), directory.checkpoint(), pass).get(0);
      NDArray tokens = Rows.tokens(new int[][] {numbers}, pass);
      List<NDArray> sums = List.of(decoder.firstAttention(tokens, embedding, program, pass));
      return new Attended(
          PassPredictions.of(new float[0]),
          program.read(sums.stream().map(Rows::doubles).toList()));
    }
  }

  @Override
  public float[][] losses(int[][] rows) {
    throw firstLayerOnly();
  }

  @Override
  public Predictions predict(int[][] rows) {
    throw firstLayerOnly();
  }

  @Override
  public CausalLm.Context read(int[][] rows) {
    throw firstLayerOnly();
  }

  @Override
  public float[][] losses(Kept kept, int[] contextRow, int[][] continuations) {
    throw firstLayerOnly();
  }

  @Override
  public void close() {
    decoder.close();
  }

  private ModelException firstLayerOnly() {
    return new ModelException(
        "Only the first layer of %s was read, and it shows its own attention alone: open the whole model for losses and other layers."
            .formatted(directory.location()));
  }
}
