/**
 * Which documents are compared with which, and how. Neighbours are searched inside slices: a slice
 * is a part of one domain, small enough for one task's index and one task's walk.
 *
 * <p>Texts are compared by sketches ({@link org.longspan.relate.MinHash}), keywords ({@link
 * org.longspan.relate.Rake}) or what utterances have in common ({@link
 * org.longspan.relate.UtteranceOverlap}), files by path and imports, and embeddings by the search
 * in {@link org.longspan.relate.UnitVectors}: {@link org.longspan.relate.NearestNeighbours#among}
 * is the door, and chooses between {@link org.longspan.relate.ExactNeighbours} and {@link
 * org.longspan.relate.InvertedLists}.
 */
package org.longspan.relate;
