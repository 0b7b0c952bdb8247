/**
 * Each stage as a call on a Dataset, for notebooks and programs:
 * Longspan.on(spark).score(documents).execute().
 */
package org.longspan.action;
