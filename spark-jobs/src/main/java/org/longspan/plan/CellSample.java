package org.longspan.plan;

import org.longspan.mix.Cell;

/**
 * The documents of a cell that a sample holds of a source.
 *
 * @param source the source's place among the sources
 * @param documents documents with tokens
 */
public record CellSample(int source, Cell cell, long documents, long tokens) {}
