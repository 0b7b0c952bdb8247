package org.longspan.measure;

/**
 * A stretch of a document.
 *
 * @param start index in the document of its first token
 * @param tokens its tokens
 */
public record TokenWindow(int start, int[] tokens) {}
