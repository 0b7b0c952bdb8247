package org.longspan.conf;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Map;

/**
 * A section whose missing keys come from another of its kind. Numbers by name, such as the weights
 * of domains, are taken whole from one of the two: shares of both together would sum to no whole.
 */
final class Inherited {
  private Inherited() {}

  /**
   * The section, completed. Keys that the record does not have stay as they are and are not
   * inherited.
   */
  static ConfigObject join(
      Class<? extends Record> type, ConfigObject section, ConfigObject common) {
    ConfigObject whole = section;
    for (RecordComponent component : type.getRecordComponents()) {
      String key = Keys.key(component.getName());
      ConfigValue own = section.get(key);
      ConfigValue inherited = common.get(key);
      if (inherited == null) {
        continue;
      }

      if (own == null) {
        whole = whole.withValue(key, inherited);
      } else if (own instanceof ConfigObject object && inherited instanceof ConfigObject parent) {
        whole = whole.withValue(key, both(component, object, parent));
      }
    }

    return whole;
  }

  private static ConfigObject both(
      RecordComponent component, ConfigObject own, ConfigObject inherited) {
    Class<?> type = component.getType();
    if (type.isRecord()) {
      return join(type.asSubclass(Record.class), own, inherited);
    }

    return isNumbers(component) ? own : own.withFallback(inherited);
  }

  /** Numbers by name, or by two names. */
  private static boolean isNumbers(RecordComponent component) {
    if (component.getType() != Map.class) {
      return false;
    }

    Type values = ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[1];
    return values == Double.class || values instanceof ParameterizedType;
  }
}
