package org.longspan.stage;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.longspan.action.CheckEdgesAction;
import org.longspan.action.CheckEdgesResult;
import org.longspan.conf.ConfigurationException;
import org.longspan.conf.Problem;
import org.longspan.model.ModelException;
import org.longspan.model.TorchScript;
import org.longspan.relate.EntropyLong;
import org.longspan.scoring.ScoringModel;
import org.longspan.tokenizer.TokenizerFiles;

/**
 * How the relate stage checks its edges.
 *
 * @param check the check
 * @param window tokens of a neighbour and a document together; 0: the model's positions
 * @param model {@code builtin:starter} or a Hugging Face directory that all executors reach
 * @param torchScript whether a model of an unknown architecture may run its own TorchScript file
 * @param batchTokens tokens of one forward pass, over all its rows
 * @param device {@code auto}, {@code cpu} or {@code gpu}
 * @param tokenizer the one that made {@code tokens}: where it is the model's too, they are used
 */
public record EdgeCheck(
    EntropyLong check,
    int window,
    String model,
    TorchScript torchScript,
    int batchTokens,
    String device,
    String tokenizer) {

  /** What decides the verdicts. */
  SortedMap<String, String> identity() {
    SortedMap<String, String> identity = new TreeMap<>();
    identity.put("check", check.toString());
    identity.put("check.window", Integer.toString(window));
    identity.put("check.model", fingerprint());
    identity.put("check.batch-tokens", Integer.toString(batchTokens));
    identity.put("check.device", device);
    return identity;
  }

  /** The edges that stand the check; figures say how many did not. */
  Dataset<Row> keep(StageContext context, Dataset<Row> edges) {
    CheckEdgesResult checked =
        CheckEdgesAction.on(context.spark(), edges, context.table(Tables.DOCUMENTS))
            .tokens(context.table(Tables.TOKENS), TokenizerFiles.read(tokenizer).fingerprint())
            .by(check)
            .window(window)
            .model(model, torchScript)
            .batchTokens(batchTokens)
            .device(device)
            .execute();
    context.figure("edges.kept", checked.kept());
    context.figure("edges.dropped", checked.dropped());
    context.figure("edges.unchecked", checked.unchecked());
    context
        .progress()
        .accept(
            "relate: %d edges lower the entropy and stay, %d do not and go, %d could not be checked and stay"
                .formatted(checked.kept(), checked.dropped(), checked.unchecked()));
    return checked.edges();
  }

  private String fingerprint() {
    try {
      ScoringModel checked = ScoringModel.check(model, torchScript);
      CheckEdgesAction.window(checked, window);
      return checked.fingerprint();
    } catch (ModelException | IllegalArgumentException e) {
      throw new ConfigurationException(
          List.of(new Problem("configuration", "longspan.model.path", e.getMessage())));
    }
  }
}
