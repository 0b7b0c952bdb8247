package org.longspan.conf;

/**
 * A run: everything under {@code longspan} in a configuration file.
 *
 * @param input where documents come from
 * @param output the run directory
 * @param seed decides every random choice
 * @param tokenizer the trainer's tokenizer: {@code builtin:starter}, a tokenizer.json, or a Hugging
 *     Face directory
 * @param model the language model that scores
 */
public record RunConfiguration(
    InputConfiguration input,
    String output,
    long seed,
    String tokenizer,
    ModelConfiguration model,
    ScoreConfiguration score,
    UpsampleConfiguration upsample,
    RelateConfiguration relate,
    PackConfiguration pack,
    ExportConfiguration export) {}
