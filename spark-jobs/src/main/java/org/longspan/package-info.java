/**
 * Longspan on Spark: {@link org.longspan.Longspan} for programs, notebooks and the command line.
 */
package org.longspan;
