package org.longspan.ingest;

/**
 * The files of a source, and how much of them is read.
 *
 * @param paths as they are written
 * @param files number of files
 * @param bytes of all files, as they lie
 * @param read bytes that are read; all, where nothing is left out
 */
public record SourceFiles(String paths, long files, long bytes, long read) {}
