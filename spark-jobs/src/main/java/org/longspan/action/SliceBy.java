package org.longspan.action;

/** What brings documents of a domain that has several slices into one of them. */
public enum SliceBy {
  /** Chance: slices are of equal size and mixed content. */
  HASH,
  /** Their words: documents that are alike share a slice, and at its border they are in two. */
  CONTENT
}
