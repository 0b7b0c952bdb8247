/**
 * The whole line as its users start it: {@code bin/longspan} on real text, in processes of its own.
 */
package org.longspan.line;
