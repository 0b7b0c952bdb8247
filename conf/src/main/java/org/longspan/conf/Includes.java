package org.longspan.conf;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigParseable;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Includes that must exist. HOCON passes over a missing include without a word; here it is a
 * problem, at the line that asks for it, and reading goes on so that all other problems show too.
 */
final class Includes
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderClasspath, ConfigIncluderURL {
  private final ConfigIncluder hocon;
  private final Problems problems;
  private final Deque<Path> reading;

  /**
   * @param file the file that is read first
   */
  Includes(Path file, Problems problems) {
    this(null, problems, new ArrayDeque<>(List.of(file)));
  }

  private Includes(ConfigIncluder hocon, Problems problems, Deque<Path> reading) {
    this.hocon = hocon;
    this.problems = problems;
    this.reading = reading;
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return new Includes(fallback, problems, reading);
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    ConfigParseable parseable = context.relativeTo(what);
    String file = parseable == null ? null : parseable.origin().filename();
    return required(context, what, file, strict -> hocon.include(strict, what));
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    return required(
        context,
        what.getPath(),
        what.getPath(),
        strict -> ((ConfigIncluderFile) hocon).includeFile(strict, what));
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String what) {
    return required(
        context,
        what,
        null,
        strict -> ((ConfigIncluderClasspath) hocon).includeResources(strict, what));
  }

  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
    return required(
        context,
        what.toString(),
        null,
        strict -> ((ConfigIncluderURL) hocon).includeURL(strict, what));
  }

  private interface Reading {
    ConfigObject from(ConfigIncludeContext strict);
  }

  private ConfigObject required(
      ConfigIncludeContext context, String what, String file, Reading include) {
    reading.push(Path.of(file == null ? what.replaceFirst("^[a-z]+:/*", "") : file));
    try {
      return include.from(new Strict(context));
    } catch (ConfigException.IO e) {
      Path includer = reading.stream().skip(1).findFirst().orElseThrow();
      problems.add(
          new Problem(
              Problems.name(includer),
              lineOf(what, includer),
              "",
              "The include \"%s\" can't be read: there is no such file or resource. Paths are relative to the including file; the presets of Longspan are included as classpath(\"presets/NAME.conf\")."
                  .formatted(what)));
    } catch (ConfigException.Parse e) {
      problems.add(e.origin(), "", Configurations.sentence(e));
    } finally {
      reading.pop();
    }

    return ConfigFactory.empty().root();
  }

  /** The line of the include statement; 0 where the including text is no file. */
  private static int lineOf(String what, Path includer) {
    try {
      List<String> lines = Files.readAllLines(includer);
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).strip().startsWith("include") && lines.get(i).contains(what)) {
          return i + 1;
        }
      }
    } catch (IOException e) {
      return 0;
    }

    return 0;
  }

  /** The same context, in which nothing may be missing. */
  private record Strict(ConfigIncludeContext context) implements ConfigIncludeContext {
    @Override
    public ConfigParseable relativeTo(String filename) {
      return context.relativeTo(filename);
    }

    @Override
    public ConfigParseOptions parseOptions() {
      return context.parseOptions().setAllowMissing(false);
    }

    @Override
    public ConfigIncludeContext setParseOptions(ConfigParseOptions options) {
      return new Strict(context.setParseOptions(options));
    }
  }
}
