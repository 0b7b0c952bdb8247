/**
 * Laying documents out on sequences of exactly L tokens. A packer sees ids and lengths, never text
 * or tokens, and gives back rows of spans; the tokens are joined once, after the layout is final.
 *
 * <p>An item of the layout is one copy of a document. Where documents end in a separator, the
 * separator is the item's last token: an item of n tokens and a separator is n + 1 long, and a span
 * that reaches past n carries the separator.
 *
 * <p>{@link org.longspan.pack.Splice} fills rows with related documents and leaves a rest; {@link
 * org.longspan.pack.BestFit} packs that rest, or everything, with the fewest cuts and rows. A new
 * method implements {@link org.longspan.pack.Packer} and is registered in {@link
 * org.longspan.pack.Packers}.
 *
 * <p>Packers of related documents share three things: {@code RelatedPacker} keeps copies of a
 * document apart and gives long documents rows of their own, {@code DocumentGraph} holds the edges
 * among what is left and says how related a row is, and {@link org.longspan.pack.Grouping} makes
 * clusters of edges. What is their own is the order: a walk, a fan, a cluster.
 */
package org.longspan.pack;
