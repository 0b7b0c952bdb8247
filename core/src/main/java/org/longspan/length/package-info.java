/**
 * Lengths of documents, in tokens.
 *
 * <p>{@link org.longspan.length.LengthBorders} cut the lengths into buckets, without gaps; a {@link
 * org.longspan.length.LengthBucket} is one of them, or any other range of lengths. Both ends of a
 * range belong to it, and its label says so: {@code 4096-8191}.
 */
package org.longspan.length;
