package org.longspan.conf;

/**
 * One thing that is wrong with a configuration.
 *
 * @param source the file as the user would name it, {@code --set key}, or {@code env var NAME}
 * @param line from 1; 0 where the source has no lines or the key is missing from it
 * @param key the full key, such as {@code longspan.pack.order}; empty where no key is meant
 * @param message a sentence with the bad value and the way out
 */
public record Problem(String source, int line, String key, String message) {

  /** A problem that no line of a file causes. */
  public Problem(String source, String key, String message) {
    this(source, 0, key, message);
  }

  /** The source, with the line where there is one. */
  public String place() {
    return line > 0 ? source + ":" + line : source;
  }

  @Override
  public String toString() {
    return key.isEmpty() ? place() + ": " + message : place() + ": " + key + ": " + message;
  }
}
