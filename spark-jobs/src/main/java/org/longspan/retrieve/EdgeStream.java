package org.longspan.retrieve;

import java.io.Closeable;
import java.util.Iterator;

/** The edges of a slice, computed as they are read; closing gives back what the search held. */
public interface EdgeStream extends Iterator<Edge>, Closeable {}
