package org.longspan.conf;

/**
 * The language model that scores.
 *
 * @param path {@code builtin:starter} or a Hugging Face model directory
 * @param companion a second model of the same tokenizer, for scorers that compare two; or {@code
 *     none}
 * @param batchTokens tokens of one forward pass, over all its rows
 * @param device {@code auto}, {@code cpu} or {@code gpu}
 * @param allowTorchscript whether a model of an unknown architecture may run its own TorchScript
 *     file
 */
public record ModelConfiguration(
    String path,
    String companion,
    @Limit.AtLeast(1) int batchTokens,
    @Limit.OneOf({"auto", "cpu", "gpu"}) String device,
    boolean allowTorchscript) {}
