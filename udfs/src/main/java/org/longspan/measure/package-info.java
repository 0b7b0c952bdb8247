/**
 * What a language model is asked about documents. A measurement turns token ids into plain arrays
 * of losses that any scorer can read; it decides what shares a forward pass, and nothing else does.
 *
 * <p>Batches are formed from the list of documents alone, in its order, so the same list gives the
 * same numbers wherever it runs. A document that fails takes no other with it.
 */
package org.longspan.measure;
