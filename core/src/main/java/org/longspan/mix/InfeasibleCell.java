package org.longspan.mix;

/**
 * A cell whose target can't be met.
 *
 * @param cell the cell
 * @param wantedRate the rate that the target asks for; infinite where the cell is empty
 * @param limit the highest rate allowed
 * @param sentence what is wrong, in numbers, and what can be done about it
 */
public record InfeasibleCell(Cell cell, double wantedRate, double limit, String sentence) {}
