package org.longspan.conf;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import java.util.List;

/** Where the keys of a configuration were set, for rules that speak of several. */
final class Places {
  private final ConfigObject section;
  private final Problems problems;

  Places(ConfigObject section, Problems problems) {
    this.section = section;
    this.problems = problems;
  }

  /** Tells a problem of some keys, at the first of them that the user has set. */
  void tell(String message, String... keys) {
    String culprit =
        List.of(keys).stream()
            .filter(key -> !Problems.isReference(origin(key)))
            .findFirst()
            .orElse(keys[0]);
    problems.add(origin(culprit), Configurations.full(culprit), message);
  }

  /** The place of a key, or of the section around it where it is not set. */
  private ConfigOrigin origin(String key) {
    ConfigValue value = section;
    for (String step : key.split("[.\\[\\]]+")) {
      ConfigValue next =
          value instanceof ConfigList list
              ? list.get(Integer.parseInt(step))
              : value instanceof ConfigObject object ? object.get(step) : null;
      if (next == null) {
        break;
      }

      value = next;
    }

    return value.origin();
  }
}
