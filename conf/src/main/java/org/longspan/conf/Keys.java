package org.longspan.conf;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The keys that exist: a record's components, in kebab case. The records are the only list of keys;
 * whatever needs to know them asks here.
 */
final class Keys {
  private Keys() {}

  /** The key of a component or constant: {@code maxBadRows} and {@code MAX_BAD} are kebab-cased. */
  static String key(String javaName) {
    return javaName
        .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
        .replace('_', '-')
        .toLowerCase(Locale.ROOT);
  }

  /** The path of a key in a section; the root section's path is empty. */
  static String join(String section, String key) {
    return section.isEmpty() ? key : section + "." + key;
  }

  /** The keys of one section, each with the record that it holds, if it holds one. */
  static Map<String, Optional<Class<? extends Record>>> of(Class<? extends Record> section) {
    Map<String, Optional<Class<? extends Record>>> keys = new LinkedHashMap<>();
    for (RecordComponent component : section.getRecordComponents()) {
      keys.put(key(component.getName()), nested(component));
      Limit.DefaultsFrom defaults = component.getAnnotation(Limit.DefaultsFrom.class);
      if (defaults != null) {
        keys.put(defaults.value(), nested(component));
      }
    }

    return keys;
  }

  /** Every key below a section that holds a value, as a path. */
  static List<String> leaves(Class<? extends Record> section) {
    List<String> paths = new ArrayList<>();
    collect("", section, paths);
    return paths;
  }

  /**
   * What a user who wrote an unknown key most likely meant: the nearest key beside it, else a key
   * of that very name in another section.
   */
  static Optional<String> nearest(
      String unknown, String section, Class<? extends Record> type, Class<? extends Record> root) {
    Optional<String> sibling = nearest(unknown, of(type).keySet());
    if (sibling.isPresent()) {
      return sibling.map(key -> join(section, key));
    }

    return leaves(root).stream()
        .filter(path -> path.substring(path.lastIndexOf('.') + 1).equals(unknown))
        .findFirst();
  }

  /** The nearest candidate, if it is near: a third of its letters may be wrong, but two always. */
  static Optional<String> nearest(String word, Collection<String> candidates) {
    return candidates.stream()
        .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
        .filter(best -> distance(word, best) <= Math.max(2, best.length() / 3))
        .filter(best -> distance(word, best) < best.length());
  }

  /** Levenshtein's edit distance. O(length of a times length of b). */
  static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }

    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }

      previous = current;
    }

    return previous[b.length()];
  }

  private static void collect(String path, Class<? extends Record> section, List<String> paths) {
    of(section)
        .forEach(
            (key, nested) -> {
              String full = join(path, key);
              nested.ifPresentOrElse(record -> collect(full, record, paths), () -> paths.add(full));
            });
  }

  private static Optional<Class<? extends Record>> nested(RecordComponent component) {
    Type type =
        component.getGenericType() instanceof ParameterizedType list
            ? list.getActualTypeArguments()[0]
            : component.getType();
    return type instanceof Class<?> raw && raw.isRecord()
        ? Optional.of(raw.asSubclass(Record.class))
        : Optional.empty();
  }
}
