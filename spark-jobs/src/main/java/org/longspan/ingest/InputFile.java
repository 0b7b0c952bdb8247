package org.longspan.ingest;

import java.io.Serializable;

/**
 * A file that a source names.
 *
 * @param index place among all files of all sources, in source, path and name order
 * @param source the source's place among the sources
 * @param root the place of the path, among its source's paths, that led to the file
 * @param path with its file system, as quarantine shows it
 * @param name path below the folder that the source named, with {@code /}; so it is the same
 *     wherever the corpus lies
 * @param bytes length of the file
 * @param modified milliseconds since 1970
 */
record InputFile(
    int index, int source, int root, String path, String name, long bytes, long modified)
    implements Serializable {
  /** The last part of the name. */
  String baseName() {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /** What tells this file from all others of the run, wherever the corpus lies. */
  String key() {
    return Digest.key(source + "/" + root + "/" + name);
  }

  /** The same for the folder in which the name begins. */
  String folderKey() {
    int slash = name.indexOf('/');
    return Digest.key(source + "/" + root + "/" + name.substring(0, slash + 1));
  }
}
