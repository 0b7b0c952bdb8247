package org.longspan.conf;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** From records to their canonical text: {@link Binding} the other way round. */
final class Rendering {
  private Rendering() {}

  static String json(String root, Record configuration) {
    Map<String, Object> whole = Map.of(root, section(configuration));
    return ConfigValueFactory.fromMap(whole)
        .render(ConfigRenderOptions.defaults().setOriginComments(false).setComments(false));
  }

  private static Map<String, Object> section(Record section) {
    Map<String, Object> values = new HashMap<>();
    for (RecordComponent component : section.getClass().getRecordComponents()) {
      values.put(Keys.key(component.getName()), value(component, read(component, section)));
    }

    return values;
  }

  private static Object value(RecordComponent component, Object value) {
    Limit.Word word = component.getAnnotation(Limit.Word.class);
    if (word != null && ((Number) value).longValue() == word.means()) {
      return word.value();
    }

    return plain(value);
  }

  private static Object plain(Object value) {
    if (value instanceof Record section) {
      return section(section);
    } else if (value instanceof List<?> list) {
      return list.stream().map(Rendering::plain).toList();
    } else if (value instanceof Enum<?> constant) {
      return Keys.key(constant.name());
    }

    return value;
  }

  private static Object read(RecordComponent component, Record section) {
    try {
      Method accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(section);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(section.getClass() + " is no plain record.", e);
    }
  }
}
