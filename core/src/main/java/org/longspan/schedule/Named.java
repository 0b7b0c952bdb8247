package org.longspan.schedule;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Choices by their names in a configuration: {@code GROW_P2} is grow-p2. */
final class Named {
  private Named() {}

  static <E extends Enum<E>> E of(Class<E> type, String key, String name) {
    E[] choices = type.getEnumConstants();
    for (E choice : choices) {
      if (label(choice).equals(name)) {
        return choice;
      }
    }

    throw new IllegalArgumentException(
        "%s must be %s, not \"%s\"."
            .formatted(
                key,
                Arrays.stream(choices).map(Named::label).collect(Collectors.joining(" or ")),
                name));
  }

  static String label(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
