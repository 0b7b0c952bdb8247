package org.longspan.pack;

/**
 * What a packer can be told; each takes what it needs.
 *
 * @param sequenceLength L, tokens of a sequence
 * @param branching k of SPLiCe
 * @param order order of the documents of a SPLiCe row
 */
public record PackerParameters(int sequenceLength, int branching, Splice.Order order) {}
