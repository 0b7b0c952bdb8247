package org.longspan.conf;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Resolves substitutions, and goes on where one has no value: HOCON stops at the first, but a user
 * wants to know them all, together with everything else.
 */
final class Unresolved {
  private static final String PLACEHOLDER = "\u0000unresolved";
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}?]+)}");

  private Unresolved() {}

  /** The configuration with every substitution replaced, those without a value by a placeholder. */
  static Config resolve(Config config, Problems problems) {
    Config known = config;
    while (true) {
      try {
        return known.resolve();
      } catch (ConfigException.UnresolvedSubstitution e) {
        Matcher reference = REFERENCE.matcher(e.getMessage());
        if (!reference.find() || known.hasPathOrNull(reference.group(1))) {
          throw e;
        }

        String name = reference.group(1);
        problems.add(
            e.origin(),
            "",
            "The substitution ${%s} has no value: set %s in the file or as an environment variable, or write ${?%s} where it may be missing."
                .formatted(name, name, name));
        known = known.withValue(name, ConfigValueFactory.fromAnyRef(PLACEHOLDER));
      }
    }
  }

  /** Whether a value came from a substitution that is already told. */
  static boolean isPlaceholder(ConfigValue value) {
    return value.valueType() == ConfigValueType.STRING
        && value.unwrapped().toString().contains(PLACEHOLDER);
  }
}
