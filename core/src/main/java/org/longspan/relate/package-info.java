/**
 * Which documents are compared with which. Neighbours are searched inside slices: a slice is a part
 * of one domain, small enough for one task's index and one task's walk.
 */
package org.longspan.relate;
