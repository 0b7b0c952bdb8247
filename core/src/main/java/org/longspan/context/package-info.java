/**
 * Losses of the same tokens under short and long context, the measurement that most published
 * scores of long-range dependency read.
 *
 * <p>A document is read in {@linkplain org.longspan.context.ContextWindow windows} of at most as
 * many tokens as the model takes. What differs between methods is only from which token on the
 * model may see: {@link org.longspan.context.Contexts} says that for every token. One forward pass
 * over tokens a to b gives the losses of all of them at once, and since a causal model never looks
 * ahead, the same losses as any shorter pass from a. So {@link org.longspan.context.PassPlan} keeps
 * one pass for each start, the longest that anybody asks for, and methods whose starts meet pay for
 * it once.
 */
package org.longspan.context;
