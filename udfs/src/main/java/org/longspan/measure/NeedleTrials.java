package org.longspan.measure;

import java.util.List;
import org.longspan.attention.PlantedNeedle;
import org.longspan.attention.RetrievalHeads;
import org.longspan.attention.TopPositions;
import org.longspan.model.Attended;
import org.longspan.model.Besides;
import org.longspan.model.CausalLm;

/**
 * Asks a model for planted needles and reads where its heads look: trials of {@link
 * RetrievalHeads}.
 *
 * <p>The paper lets the model generate its answer. Here the answer is read in one pass with the
 * text, and what counts as generated at each of its places is the token that the model finds most
 * probable after the right ones before it (teacher forcing): a model that goes wrong once is not
 * led astray for the rest. Where that is another token than the needle's, no head is credited.
 */
public final class NeedleTrials {
  /** Where the model would have generated another token than the needle's. */
  private static final int ANOTHER = -1;

  private final CausalLm model;
  private final int positions;

  /**
   * @param model shared with other threads
   * @param positions k, the places to which a head attends most that count; 1 in the paper
   */
  public NeedleTrials(CausalLm model, int positions) {
    this.model = model;
    this.positions = positions;
  }

  /**
   * Asks for one needle. Costs one pass over all of its tokens.
   *
   * @throws org.longspan.model.ModelException if the model shows no attention, or cannot read so
   *     many tokens
   */
  public RetrievalHeads.Trial ask(PlantedNeedle planted) {
    int[] tokens = planted.tokens();
    int answer = planted.answer();
    int first = tokens.length - answer;
    // Each of the answer's tokens is predicted at the token before it.
    TopPositions view = new TopPositions(answer + 1, positions);
    Attended said = model.attend(tokens, 0, List.of(view), Besides.PREDICTIONS);
    int[][][][] byLayer = said.attention().of(view);
    int[] generated = new int[answer];
    int[][][][] attended = new int[answer][byLayer.length][][];

    for (int i = 0; i < answer; i++) {
      generated[i] = said.predictions().first()[first + i - 1] ? tokens[first + i] : ANOTHER;

      for (int layer = 0; layer < byLayer.length; layer++) {
        attended[i][layer] = byLayer[layer][i];
      }
    }

    return new RetrievalHeads.Trial(tokens, planted.from(), planted.to(), generated, attended);
  }
}
