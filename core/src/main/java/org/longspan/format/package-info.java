/**
 * Byte layouts that trainers read, on plain streams. A writer knows nothing of file systems or of
 * clusters: whoever calls it opens the streams, and what arrives in them depends on the tokens
 * alone.
 */
package org.longspan.format;
