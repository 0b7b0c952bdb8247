/**
 * Tokens and scores as SQL functions, for a look at a few documents. A whole corpus is scored by
 * the stages, which batch across documents and commit their work.
 */
package org.longspan.sql;
