package org.longspan.conf;

import java.util.List;

/**
 * A run: everything under {@code longspan} in a configuration file.
 *
 * @param input where documents come from
 * @param output the run directory
 * @param seed decides every random choice
 * @param tokenizer the trainer's tokenizer: {@code builtin:starter}, a tokenizer.json, or a Hugging
 *     Face directory
 * @param model the language model that scores
 * @param score which scores are computed
 * @param upsample how documents are chosen
 * @param relate how neighbours are found
 * @param pack how sequences are filled
 * @param schedule which sequences each step of a training reads
 * @param export what trainers read
 * @param phases of the training run, in order; empty: it has one, which has no name
 */
public record RunConfiguration(
    InputConfiguration input,
    @Limit.Required("The run has no output: name its directory, such as output = \"out\".")
        String output,
    long seed,
    String tokenizer,
    ModelConfiguration model,
    ScoreConfiguration score,
    UpsampleConfiguration upsample,
    RelateConfiguration relate,
    PackConfiguration pack,
    ScheduleConfiguration schedule,
    ExportConfiguration export,
    @Limit.DefaultsFromSections List<PhaseConfiguration> phases) {
  public RunConfiguration {
    phases = List.copyOf(phases);
  }

  /** The run as it would be if the phase were all of it. */
  public RunConfiguration in(PhaseConfiguration phase) {
    return new RunConfiguration(
        input,
        output,
        seed,
        tokenizer,
        model,
        score,
        phase.upsample(),
        phase.relate(),
        phase.pack(),
        schedule,
        export,
        List.of());
  }

  /**
   * The scorer that ranks documents in upsample: the one that is set, else the combined score where
   * there is one, else the first scorer. {@code none}: chance.
   */
  public String rankingScorer() {
    if (upsample.scorer() != null) {
      return upsample.scorer();
    }

    return score.combine().isSet() ? ScoreConfiguration.COMBINED : score.scorers().get(0);
  }

  /** The scorer whose scores upsample cuts. */
  public String cutScorer() {
    return upsample.cut().scorer() != null ? upsample.cut().scorer() : rankingScorer();
  }
}
