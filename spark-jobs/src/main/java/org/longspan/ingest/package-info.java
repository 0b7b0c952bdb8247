/**
 * From files of many kinds to candidate documents. A {@link org.longspan.ingest.SourceSpec} names
 * files and how to read them; the driver lists them in a fixed order; tasks read them row by row,
 * so that a task holds one row at a time, whatever the size of its files.
 *
 * <p>A row has one of three fates, decided where it is read: it is a document (or a part of a
 * repository), it is bad and goes to {@code quarantine} with its file, line and reason, or it is a
 * file that was never meant to be read as text, such as an image in a jar, and goes to {@code
 * drops}. Nothing else happens to a row, so that the three numbers add up to what was read.
 *
 * <p>A format is one class and one line in {@link org.longspan.ingest.Formats}. All of them share
 * the rules of {@link org.longspan.ingest.RowRules}, and all of them give rows a place, file and
 * line, that does not depend on how Spark cut the work. The order of rows, by source, file and
 * line, decides which of two equal documents stays.
 */
package org.longspan.ingest;
