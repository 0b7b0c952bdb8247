/**
 * Texts as vectors of a sentence embedder, for neighbours by meaning. A long text is read in
 * windows that are spread over it; its vector is the mean of theirs.
 */
package org.longspan.embed;
