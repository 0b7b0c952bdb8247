/**
 * Which sequences each step of a training reads, and in what order: arithmetic on ids, lengths and
 * costs, never on tokens.
 *
 * <p>Sequences of one phase and one length are a {@link org.longspan.schedule.Lane}; a step reads
 * one lane, so many sequences of it that all steps have the same number of tokens. {@link
 * org.longspan.schedule.Batching} says which sequences of a lane share a step, {@link
 * org.longspan.schedule.Curriculum} in what order the lanes take turns, {@link
 * org.longspan.schedule.SchedulePlan} puts both together, and {@link
 * org.longspan.schedule.DocumentWeights} says how much each sequence of a step counts.
 *
 * <p>A plan holds one int a step. What it says of a sequence it says by its rank in its lane, so
 * the sequences themselves can lie anywhere.
 */
package org.longspan.schedule;
