package org.longspan.conf;

/**
 * One thing that is wrong with a configuration.
 *
 * @param place file and line, or the command line's option
 * @param key the full key
 * @param message a sentence with the bad value and the way out
 */
public record Problem(String place, String key, String message) {
  @Override
  public String toString() {
    return place + ": " + key + ": " + message;
  }
}
