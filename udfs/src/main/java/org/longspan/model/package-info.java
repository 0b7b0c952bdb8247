/**
 * A causal language model as a function from token ids to losses.
 *
 * <p>A {@link org.longspan.model.ModelDirectory} is the files as Hugging Face lays them out; a
 * {@link org.longspan.model.CausalLm} is the model in memory, and the only class whose callers need
 * no word of tensors. The arithmetic itself is one TorchScript file, {@code decoder.pt}, that holds
 * no weights and serves every model; {@code src/main/python/decoder.py} makes it. A model family is
 * the knowledge of how a published checkpoint describes, names and lays out its weights: one class
 * that implements {@code ModelFamily}, registered by one line in {@code ModelFamilies}. It says the
 * rest in the words of {@link org.longspan.model.ModelConfig}; {@code DecoderWeights} folds into
 * the weights whatever can be a change of a weight, so that one arithmetic serves all. Where it is
 * allowed, a model of any other architecture may bring its arithmetic as a TorchScript file of its
 * own. {@link org.longspan.model.GradientModel} is the form of some models that can be
 * differentiated: {@code gradient.pt}, on weights as the checkpoint has them.
 *
 * <p>Attention is never a matrix: while a pass runs, strips of a few queries by all their keys are
 * summed up as {@linkplain org.longspan.attention.AttentionView views} ask and forgotten. {@code
 * AttentionProgram} says a view in the decoder's numbers. Views of the first layer alone need a
 * small part of a model, which {@link org.longspan.model.CausalLm#openFirstLayer} reads.
 *
 * <p>One forward pass runs on one thread: a sum then never depends on how many tasks share the
 * machine, and tasks that run at once do not wait for each other at barriers. Give the processor
 * work by running as many tasks as it has cores.
 */
package org.longspan.model;
