package org.longspan.conf;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Weights of domains that another program found, such as DoReMi or RegMix: a JSON object of numbers
 * by domain, or lines of {@code domain,weight}, with a heading or without.
 */
final class WeightsFile {
  private WeightsFile() {}

  /**
   * @throws IllegalArgumentException with a sentence
   */
  static SortedMap<String, Double> read(String path) {
    String text;
    try {
      text = Files.readString(Path.of(path)).strip();
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException(
          "The file %s can't be read: give a file of JSON, {\"web\": 0.7, \"book\": 0.3}, or of lines web,0.7."
              .formatted(path),
          e);
    }

    SortedMap<String, Double> weights = text.startsWith("{") ? json(path, text) : lines(path, text);
    if (weights.isEmpty()) {
      throw new IllegalArgumentException("The file %s has no weight.".formatted(path));
    }

    return weights;
  }

  private static SortedMap<String, Double> json(String path, String text) {
    try {
      Config config =
          ConfigFactory.parseString(
              text, ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON));
      SortedMap<String, Double> weights = new TreeMap<>();
      for (Map.Entry<String, Object> entry : config.root().unwrapped().entrySet()) {
        if (!(entry.getValue() instanceof Number weight)) {
          throw new IllegalArgumentException(
              "The weight of %s in %s should be a number, but is %s."
                  .formatted(entry.getKey(), path, entry.getValue()));
        }

        weights.put(entry.getKey(), weight.doubleValue());
      }

      return weights;
    } catch (ConfigException e) {
      throw new IllegalArgumentException(
          "The file %s begins as JSON and is none: %s".formatted(path, e.getMessage()), e);
    }
  }

  private static SortedMap<String, Double> lines(String path, String text) {
    SortedMap<String, Double> weights = new TreeMap<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      int comma = line.lastIndexOf(',');
      String domain = unquoted(line.substring(0, Math.max(0, comma)).strip());
      try {
        double weight = Double.parseDouble(line.substring(comma + 1).strip());
        if (domain.isEmpty() || weights.put(domain, weight) != null) {
          throw new IllegalArgumentException(
              "Line %d of %s has %s: %s"
                  .formatted(i + 1, path, domain.isEmpty() ? "no domain" : "a domain again", line));
        }
      } catch (NumberFormatException e) {
        boolean heading = i == 0 && comma > 0;
        if (!line.isEmpty() && !heading) {
          throw new IllegalArgumentException(
              "Line %d of %s should be a domain, a comma and a number, but is: %s"
                  .formatted(i + 1, path, line),
              e);
        }
      }
    }

    return weights;
  }

  private static String unquoted(String text) {
    return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
        ? text.substring(1, text.length() - 1).replace("\"\"", "\"")
        : text;
  }
}
