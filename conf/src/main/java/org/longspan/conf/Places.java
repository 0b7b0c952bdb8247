package org.longspan.conf;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Where the keys of a configuration were set, for rules that speak of several. */
final class Places {
  private final ConfigObject section;
  private final Problems problems;
  private final String within;

  Places(ConfigObject section, Problems problems) {
    this(section, problems, "");
  }

  private Places(ConfigObject section, Problems problems, String within) {
    this.section = section;
    this.problems = problems;
    this.within = within;
  }

  /** The same for an element of a list that inherits from the whole: its own keys come first. */
  Places within(String element) {
    return new Places(section, problems, element);
  }

  /** Tells a problem of some keys, at the first of them that the user has set. */
  void tell(String message, String... keys) {
    String culprit =
        Stream.concat(own(keys), Arrays.stream(keys))
            .filter(key -> !Problems.isReference(origin(key)))
            .findFirst()
            .orElse(Keys.join(within, keys[0]));
    problems.add(origin(culprit), Configurations.full(culprit), message);
  }

  /** Of these keys those that the element sets itself. */
  private Stream<String> own(String... keys) {
    return within.isEmpty()
        ? Stream.empty()
        : Arrays.stream(keys).map(key -> Keys.join(within, key)).filter(this::isSet);
  }

  private boolean isSet(String key) {
    return found(key).size() == steps(key).length;
  }

  private static String[] steps(String key) {
    return key.split("[.\\[\\]]+");
  }

  /** The place of a key, or of the section around it where it is not set. */
  private ConfigOrigin origin(String key) {
    List<ConfigValue> found = found(key);
    return (found.isEmpty() ? section : found.get(found.size() - 1)).origin();
  }

  /** The values on the way to a key, as far as they are set. */
  private List<ConfigValue> found(String key) {
    List<ConfigValue> found = new ArrayList<>();
    ConfigValue value = section;
    for (String step : steps(key)) {
      ConfigValue next =
          value instanceof ConfigList list
              ? list.get(Integer.parseInt(step))
              : value instanceof ConfigObject object ? object.get(step) : null;
      if (next == null) {
        break;
      }

      value = next;
      found.add(value);
    }

    return found;
  }
}
