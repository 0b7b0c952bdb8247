package org.longspan.conf;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * From HOCON to records. A section becomes a record: each component takes the value of its key in
 * kebab case, within the {@link Limit}s written beside it, and a key without a component is
 * unknown. A value that is wrong is told and replaced by the default, so that every other problem
 * is found too; the caller throws the record away when there was any.
 */
final class Binding {
  private final Class<? extends Record> root;
  private final Problems problems;

  /**
   * @param root the record of the whole, in which the nearest known keys are looked for
   */
  Binding(Class<? extends Record> root, Problems problems) {
    this.root = root;
    this.problems = problems;
  }

  /**
   * The record of a section.
   *
   * @param defaults has every key of it, with a good value or null
   * @param path the section's, relative to the root; empty for the root
   * @param place where a key is told that the user should have set and has not
   */
  <T extends Record> T bind(
      Class<T> type, ConfigObject section, ConfigObject defaults, String path, ConfigOrigin place) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      values[i] = new Component(components[i], path, place).bound(section, defaults);
    }

    return construct(type, components, values);
  }

  /** Tells every key below a section that has no component. */
  void checkKeys(Class<? extends Record> type, ConfigObject section, String path) {
    Map<String, Optional<Class<? extends Record>>> keys = Keys.of(type);
    section.forEach(
        (key, value) -> {
          Optional<Class<? extends Record>> nested = keys.get(key);
          String full = Keys.join(path, key);
          if (nested == null) {
            problems.add(leaf(value).origin(), Configurations.full(full), unknown(key, path, type));
          } else if (nested.isPresent()) {
            checkNested(nested.get(), value, full);
          }
        });
  }

  private void checkNested(Class<? extends Record> type, ConfigValue value, String path) {
    if (value instanceof ConfigObject object) {
      checkKeys(type, object, path);
    } else if (value instanceof ConfigList list) {
      for (int i = 0; i < list.size(); i++) {
        checkNested(type, list.get(i), path + "[" + i + "]");
      }
    }
  }

  private String unknown(String key, String path, Class<? extends Record> type) {
    return Keys.nearest(key, path, type, root)
        .map(near -> "There is no such key. Did you mean %s?".formatted(Configurations.full(near)))
        .orElseGet(
            () ->
                "There is no such key; the keys here are %s."
                    .formatted(String.join(", ", Keys.of(type).keySet())));
  }

  /** The first value inside, which has a place of its own even where its section was merged. */
  private static ConfigValue leaf(ConfigValue value) {
    ConfigValue leaf = value;
    while (leaf instanceof ConfigObject object && !object.isEmpty()) {
      leaf = new TreeMap<>(object).firstEntry().getValue();
    }

    return leaf;
  }

  private static <T extends Record> T construct(
      Class<T> type, RecordComponent[] components, Object[] values) {
    try {
      Constructor<T> constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new));
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("The defaults of " + type + " do not fit it.", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type + " is no plain record.", e);
    }
  }

  /** A value that was refused; its problem is already told. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused() {
      super(null, null, false, false);
    }
  }

  /** One key: where it is, what it accepts, and what is told when a value does not fit. */
  private final class Component {
    private final RecordComponent component;
    private final String key;
    private final String path;
    private final ConfigOrigin place;

    Component(RecordComponent component, String section, ConfigOrigin place) {
      this.component = component;
      this.key = Keys.key(component.getName());
      this.path = Keys.join(section, key);
      this.place = place;
    }

    Object bound(ConfigObject section, ConfigObject defaults) {
      ConfigValue given = section.get(key);
      ConfigValue standard = defaults.get(key);
      try {
        boolean unset = given == null || Problems.isReference(given.origin());
        ConfigOrigin origin = unset ? place : given.origin();
        return value(given, standard, section, defaults, origin);
      } catch (Refused told) {
        return standIn(standard);
      }
    }

    /** What stands for a refused value: the default of a number, false, or nothing. */
    private Object standIn(ConfigValue standard) {
      Class<?> type = component.getType();
      if (type == List.class) {
        return List.of();
      } else if (type == Map.class) {
        return Map.of();
      } else if (type.isRecord()) {
        ConfigObject defaults = (ConfigObject) standard;
        return bind(type.asSubclass(Record.class), defaults, defaults, path, place);
      } else if (type == boolean.class) {
        return false;
      } else if (!type.isPrimitive()) {
        return null;
      }

      try {
        return number(standard, standard.origin());
      } catch (Refused e) {
        throw new IllegalStateException("The default of " + path + " is refused.", e);
      }
    }

    private Object value(
        ConfigValue given,
        ConfigValue standard,
        ConfigObject section,
        ConfigObject defaults,
        ConfigOrigin origin)
        throws Refused {
      Limit.Required required = component.getAnnotation(Limit.Required.class);
      if (given == null && component.getType() == boolean.class) {
        return false;
      }

      if (given == null || given.valueType() == ConfigValueType.NULL) {
        if (component.isAnnotationPresent(Limit.OrNull.class)) {
          return null;
        }

        throw refuse(origin, required != null ? required.value() : "It needs a value.");
      }

      if (Unresolved.isPlaceholder(given)) {
        throw new Refused();
      }

      Class<?> type = component.getType();
      if (type == String.class) {
        return oneOf(text(given), origin);
      } else if (type == boolean.class) {
        return flag(given);
      } else if (type.isPrimitive()) {
        return number(given, origin);
      } else if (type.isEnum()) {
        return constant(type, text(given), origin);
      } else if (type == List.class) {
        ConfigList list = typed(ConfigList.class, given, "a list, such as [\"a\", \"b\"]");
        if (required != null && list.isEmpty()) {
          throw refuse(origin, required.value());
        }

        return elements(list, section, defaults);
      } else if (type == Map.class && isNested()) {
        return tables(typed(ConfigObject.class, given, "a section of sections"));
      } else if (type == Map.class && argument(1) == Double.class) {
        return numbers(typed(ConfigObject.class, given, "a section, such as { name = 1.5 }"), path);
      } else if (type == Map.class) {
        return texts(typed(ConfigObject.class, given, "a section, such as { ours = theirs }"));
      }

      ConfigObject object = typed(ConfigObject.class, given, "a section, such as { key = value }");
      return bind(type.asSubclass(Record.class), object, (ConfigObject) standard, path, place);
    }

    private <T extends ConfigValue> T typed(Class<T> type, ConfigValue given, String expected)
        throws Refused {
      if (!type.isInstance(given)) {
        throw refuse(
            given.origin(), "It should be %s, but is %s.".formatted(expected, shown(given)));
      }

      return type.cast(given);
    }

    private String text(ConfigValue given) throws Refused {
      if (given instanceof ConfigObject || given instanceof ConfigList) {
        throw refuse(given.origin(), "It should be a text, but is %s.".formatted(shown(given)));
      }

      String text = given.atKey("text").getString("text");
      if (text.isBlank()) {
        throw refuse(given.origin(), "It is empty; give it a text or leave it out.");
      }

      return text;
    }

    private String oneOf(String text, ConfigOrigin origin) throws Refused {
      Limit.OneOf known = component.getAnnotation(Limit.OneOf.class);
      if (known != null && !listed(known).contains(text)) {
        throw refuse(origin, unlisted(text, listed(known)));
      }

      return text;
    }

    private Object constant(Class<?> type, String text, ConfigOrigin origin) throws Refused {
      Map<String, Object> constants = new TreeMap<>();
      for (Object constant : type.getEnumConstants()) {
        constants.put(Keys.key(((Enum<?>) constant).name()), constant);
      }

      if (!constants.containsKey(text)) {
        throw refuse(origin, unlisted(text, List.copyOf(constants.keySet())));
      }

      return constants.get(text);
    }

    private static List<String> listed(Limit.OneOf known) {
      List<String> all = new ArrayList<>(Arrays.asList(known.value()));
      if (!known.orEndingIn().isEmpty()) {
        Arrays.stream(known.value()).map(name -> name + known.orEndingIn()).forEach(all::add);
      }

      all.addAll(Arrays.asList(known.plain()));

      return all;
    }

    private String unlisted(String text, List<String> known) {
      String hint = Keys.nearest(text, known).map(near -> " Did you mean " + near + "?").orElse("");
      return "\"%s\" is none of: %s.%s".formatted(text, String.join(", ", known), hint);
    }

    private boolean flag(ConfigValue given) throws Refused {
      String text = given.unwrapped().toString();
      if (!text.equals("true") && !text.equals("false")) {
        throw refuse(
            given.origin(), "It should be true or false, but is %s.".formatted(shown(given)));
      }

      return text.equals("true");
    }

    private Object number(ConfigValue given, ConfigOrigin origin) throws Refused {
      boolean whole = component.getType() != double.class;
      Limit.Word word = component.getAnnotation(Limit.Word.class);
      String expected =
          (whole ? "a whole number" : "a number")
              + (component.isAnnotationPresent(Limit.Bytes.class) ? " of bytes, such as 64MiB" : "")
              + (word == null ? "" : " or " + word.value());
      if (given instanceof ConfigObject || given instanceof ConfigList) {
        throw refuse(
            given.origin(), "It should be %s, but is %s.".formatted(expected, shown(given)));
      }

      String text = given.atKey("text").getString("text").strip();
      if (word != null && word.value().equals(text)) {
        return primitive(BigDecimal.valueOf(word.means()));
      }

      try {
        BigDecimal number =
            component.isAnnotationPresent(Limit.Bytes.class)
                ? new BigDecimal(given.atKey("bytes").getMemorySize("bytes").toBytesBigInteger())
                : new BigDecimal(text);
        Object value = primitive(number);
        checkRange(number, origin);
        return value;
      } catch (NumberFormatException | ArithmeticException | ConfigException e) {
        throw refuse(
            given.origin(), "It should be %s, but is %s.".formatted(expected, shown(given)));
      }
    }

    private Object primitive(BigDecimal number) {
      if (component.getType() == int.class) {
        return number.intValueExact();
      } else if (component.getType() == long.class) {
        return number.longValueExact();
      }

      return number.doubleValue();
    }

    private void checkRange(BigDecimal number, ConfigOrigin origin) throws Refused {
      Limit.AtLeast least = component.getAnnotation(Limit.AtLeast.class);
      if (least != null && number.doubleValue() < least.value()) {
        throw refuse(origin, outside(number, "at least " + plain(least.value())));
      }

      Limit.AtMost most = component.getAnnotation(Limit.AtMost.class);
      if (most != null && number.doubleValue() > most.value()) {
        throw refuse(origin, outside(number, "at most " + plain(most.value())));
      }

      Limit.Inside inside = component.getAnnotation(Limit.Inside.class);
      if (inside != null
          && (number.doubleValue() <= inside.low() || number.doubleValue() >= inside.high())) {
        String range = "above %s and below %s".formatted(plain(inside.low()), plain(inside.high()));
        throw refuse(origin, outside(number, range));
      }
    }

    private String outside(BigDecimal number, String range) {
      Limit.Word word = component.getAnnotation(Limit.Word.class);
      return "%s is out of range: it should be %s%s."
          .formatted(number.toPlainString(), range, word == null ? "" : ", or " + word.value());
    }

    private List<Object> elements(ConfigList list, ConfigObject section, ConfigObject defaults)
        throws Refused {
      Class<?> type = argument(0);
      List<Object> elements = new ArrayList<>();
      Set<Object> seen = new HashSet<>();
      for (int i = 0; i < list.size(); i++) {
        ConfigValue element = list.get(i);
        if (Unresolved.isPlaceholder(element)) {
          throw new Refused();
        }

        if (type.isRecord()) {
          elements.add(
              element(
                  type.asSubclass(Record.class), element, section, defaults, path + "[" + i + "]"));
        } else if (type == Integer.class) {
          elements.add(wholeNumber(element, path + "[" + i + "]"));
        } else {
          String text = oneOf(text(element), element.origin());
          if (!seen.add(text)) {
            throw refuse(element.origin(), "\"%s\" is listed twice.".formatted(text));
          }

          elements.add(text);
        }
      }

      return elements;
    }

    private Object element(
        Class<? extends Record> type,
        ConfigValue element,
        ConfigObject section,
        ConfigObject defaults,
        String at)
        throws Refused {
      ConfigObject object = typed(ConfigObject.class, element, "a list of sections, [{ ... }]");
      ConfigObject standard = common(defaults);
      ConfigObject whole = Inherited.join(type, object, common(section));
      return bind(type, Inherited.join(type, whole, standard), standard, at, element.origin());
    }

    /** Where the keys stand that elements leave out. */
    private ConfigObject common(ConfigObject beside) {
      if (component.isAnnotationPresent(Limit.DefaultsFromSections.class)) {
        return beside;
      }

      ConfigValue named = beside.get(component.getAnnotation(Limit.DefaultsFrom.class).value());
      // What is no section is told where it stands.
      return named instanceof ConfigObject object ? object : ConfigFactory.empty().root();
    }

    private Map<String, String> texts(ConfigObject object) throws Refused {
      Map<String, String> texts = new TreeMap<>();
      for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
        texts.put(entry.getKey(), text(entry.getValue()));
      }

      return texts;
    }

    private Map<String, Double> numbers(ConfigObject object, String within) throws Refused {
      Map<String, Double> numbers = new TreeMap<>();
      for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
        String at = Keys.join(within, entry.getKey());
        numbers.put(entry.getKey(), plainNumber(entry.getValue(), at, "a number").doubleValue());
      }

      return numbers;
    }

    private Map<String, Map<String, Double>> tables(ConfigObject object) throws Refused {
      Map<String, Map<String, Double>> tables = new TreeMap<>();
      for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
        ConfigObject inner =
            typed(
                ConfigObject.class, entry.getValue(), "sections, such as { name { other = 1.5 } }");
        tables.put(entry.getKey(), numbers(inner, Keys.join(path, entry.getKey())));
      }

      return tables;
    }

    private Integer wholeNumber(ConfigValue given, String at) throws Refused {
      BigDecimal number = plainNumber(given, at, "a whole number");
      try {
        return number.intValueExact();
      } catch (ArithmeticException e) {
        throw refuse(given.origin(), at, "It should be a whole number, but is " + number + ".");
      }
    }

    /** A number inside of a list or a section, without limits. */
    private BigDecimal plainNumber(ConfigValue given, String at, String expected) throws Refused {
      if (Unresolved.isPlaceholder(given)) {
        throw new Refused();
      }

      try {
        return new BigDecimal(String.valueOf(given.unwrapped()).strip());
      } catch (NumberFormatException e) {
        throw refuse(
            given.origin(), at, "It should be %s, but is %s.".formatted(expected, shown(given)));
      }
    }

    /** Whether the component's values are maps themselves. */
    private boolean isNested() {
      return ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[1]
          instanceof ParameterizedType;
    }

    /** What the component's type is made of: of a list its elements, of a map keys and values. */
    private Class<?> argument(int index) {
      return (Class<?>)
          ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[index];
    }

    private Refused refuse(ConfigOrigin origin, String message) {
      return refuse(origin, path, message);
    }

    private Refused refuse(ConfigOrigin origin, String at, String message) {
      problems.add(origin, Configurations.full(at), message);
      return new Refused();
    }
  }

  private static String shown(ConfigValue value) {
    String kind =
        switch (value.valueType()) {
          case OBJECT -> "a section";
          case LIST -> "a list";
          case NUMBER -> "the number " + value.unwrapped();
          case BOOLEAN -> value.unwrapped().toString();
          case NULL -> "null";
          case STRING -> "\"" + value.unwrapped() + "\"";
        };
    return kind.length() > 80 ? kind.substring(0, 77) + "..." : kind;
  }

  private static String plain(double limit) {
    return BigDecimal.valueOf(limit).stripTrailingZeros().toPlainString();
  }
}
