package org.longspan.conf;

/**
 * How sequences are filled.
 *
 * @param packer {@code splice} or {@code best-fit}
 * @param sequenceLength L, tokens of every sequence
 * @param branching k of SPLiCe
 * @param order {@code identity} or {@code shuffle}
 * @param separator {@code eos}: an end-of-text token after each document; {@code none}
 */
public record PackConfiguration(
    @Limit.OneOf({"splice", "best-fit"}) String packer,
    @Limit.AtLeast(2) int sequenceLength,
    @Limit.AtLeast(1) int branching,
    @Limit.OneOf({"identity", "shuffle"}) String order,
    @Limit.OneOf({"eos", "none"}) String separator) {}
