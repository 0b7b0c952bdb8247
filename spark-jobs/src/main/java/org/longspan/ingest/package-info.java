/** From files of many kinds to the documents table. */
package org.longspan.ingest;
