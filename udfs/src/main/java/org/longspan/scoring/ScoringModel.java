package org.longspan.scoring;

import java.io.Serializable;
import java.util.concurrent.ConcurrentHashMap;
import org.longspan.model.CausalLm;
import org.longspan.model.GradientModel;
import org.longspan.model.LoadedModels;
import org.longspan.model.ModelConfig;
import org.longspan.model.ModelDirectory;
import org.longspan.model.ModelException;
import org.longspan.model.TorchScript;
import org.longspan.tokenizer.Tokenizer;
import org.longspan.tokenizer.TokenizerFiles;

/**
 * A model that was checked where work is planned, to be loaded where it is done.
 *
 * @param location as for {@link ModelDirectory#resolve}, the same place on every machine
 * @param fingerprint of its files
 * @param tokenizer its own tokenizer
 * @param vocabulary tokens that it tells apart
 * @param positions tokens that it was trained to see at once
 * @param startTokens 1 if it has a start token, else 0
 * @param layers of the decoder; 0 where they are not known
 * @param heads query heads a layer; 0 where they are not known
 */
public record ScoringModel(
    String location,
    String fingerprint,
    TokenizerFiles tokenizer,
    int vocabulary,
    int positions,
    int startTokens,
    int layers,
    int heads)
    implements Serializable {
  private static final ConcurrentHashMap<ScoringModel, ModelDirectory> RESOLVED =
      new ConcurrentHashMap<>();

  /**
   * Reads a model's files once, for their fingerprint, and checks that its tokenizer fits it.
   *
   * @throws ModelException if the model is missing or damaged, or lacks one of the tokenizer's ids
   */
  public static ScoringModel check(String location) {
    return check(location, TorchScript.REFUSED);
  }

  /**
   * Checks a model as {@link #check(String)} does.
   *
   * @param torchScript whether a model of an unknown architecture may run its own TorchScript file
   */
  public static ScoringModel check(String location, TorchScript torchScript) {
    ModelDirectory directory = ModelDirectory.resolve(location, torchScript);
    TokenizerFiles tokenizer = TokenizerFiles.read(directory.tokenizer().toString());
    directory.requireToken(Tokenizer.of(tokenizer).vocabularySize() - 1L);
    ModelConfig config = directory.config();
    return new ScoringModel(
        location,
        directory.fingerprint(),
        tokenizer,
        config.vocabulary(),
        config.positions(),
        config.startToken().isPresent() ? 1 : 0,
        config.pattern().size(),
        config.attention().heads());
  }

  /**
   * Checks that the model was trained on rows of this length.
   *
   * @throws ModelException if it has fewer positions
   */
  public void requirePositions(int tokens) {
    directory().config().requirePositions(tokens);
  }

  /**
   * The model in this JVM's memory, loaded by the first caller and shared by all.
   *
   * @param device {@code cpu}, or {@code gpu} with its number
   * @throws ModelException if the files on this machine are not those that were checked
   */
  public CausalLm load(String device) {
    return LoadedModels.of(directory(), device);
  }

  /** The model's first layer alone, as {@link #load}. */
  public CausalLm loadFirstLayer(String device) {
    return LoadedModels.firstLayer(directory(), device);
  }

  /**
   * The form of the model that has gradients, in this JVM's memory, as {@link #load}.
   *
   * @throws ModelException if this kind of model has none here, see {@link #requireGradients}
   */
  public GradientModel gradients(String device) {
    return LoadedModels.gradients(directory(), device);
  }

  /**
   * Checks that the model's gradients can be computed.
   *
   * @throws ModelException if not
   */
  public void requireGradients() {
    GradientModel.require(directory());
  }

  private ModelDirectory directory() {
    return RESOLVED.computeIfAbsent(this, ScoringModel::resolve);
  }

  private ModelDirectory resolve() {
    // What may run was decided where the fingerprint was taken.
    ModelDirectory directory = ModelDirectory.resolve(location, TorchScript.ALLOWED);

    if (!directory.fingerprint().equals(fingerprint)) {
      throw new ModelException(
          "The model at %s is not the same on every machine: put one copy where all executors read it."
              .formatted(location));
    }

    return directory;
  }
}
