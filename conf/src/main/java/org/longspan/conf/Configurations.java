package org.longspan.conf;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Reads configurations. What is set on the command line wins over the file, the file over what it
 * includes, and all of it over {@code reference.conf}, which has every key and its default.
 *
 * <p>Every method throws {@link ConfigurationException} with all problems of the configuration:
 * unknown keys with the nearest known one, values of a wrong type or out of range, missing files
 * and includes, substitutions without a value, and keys that contradict each other.
 */
public final class Configurations {
  static final String REFERENCE = "reference.conf";
  private static final String QUICKSTART = "quickstart.conf";
  private static final String ROOT = "longspan";

  /** Where {@code quickstart.conf} finds its corpus. */
  private static final String CORPUS = "quickstart.corpus";

  private Configurations() {}

  /**
   * The configuration in a file.
   *
   * @param file HOCON with a section {@code longspan}
   * @param overrides {@code key=value} each; the key is relative to {@code longspan}. A value that
   *     begins with a bracket, a brace or a quote, has a substitution or is null, is HOCON; any
   *     other is taken as it stands, so that {@code output=hdfs://host/out} needs no quotes. Later
   *     ones win.
   */
  public static RunConfiguration load(Path file, List<String> overrides) {
    Problems problems = new Problems(Problems.name(file));
    Config user = readFile(file, problems);
    checkRoot(user.root(), problems);
    return bind(overrides(overrides, problems).withFallback(user), problems);
  }

  /** The configuration of a program that built or loaded a {@code Config} of its own. */
  public static RunConfiguration load(Config config) {
    return bind(config, new Problems(config.origin().description()));
  }

  /**
   * The quickstart's configuration.
   *
   * @param corpus the folder with the quickstart's corpus
   * @param overrides as in {@link #load(Path, List)}
   */
  public static RunConfiguration quickstart(Path corpus, List<String> overrides) {
    Problems problems = new Problems(QUICKSTART);
    Config folder =
        ConfigFactory.empty()
            .withValue(CORPUS, ConfigValueFactory.fromAnyRef(corpus.toString(), "the corpus"));
    Config preset = folder.withFallback(resource(QUICKSTART));
    return bind(overrides(overrides, problems).withFallback(preset), problems);
  }

  /**
   * A configuration as JSON, which is HOCON too: every key with its value, sorted, without comments
   * or places. Equal configurations give equal texts, and loading the text gives the configuration.
   */
  public static String render(RunConfiguration configuration) {
    return Rendering.json(ROOT, configuration);
  }

  /** The full path of a key of ours. */
  static String full(String path) {
    return Keys.join(ROOT, path);
  }

  /** What a HOCON error says, without the place, which is told apart. */
  static String sentence(ConfigException e) {
    String message = e.getMessage();
    if (e.origin() != null && message.startsWith(e.origin().description() + ": ")) {
      message = message.substring(e.origin().description().length() + 2);
    }

    return "This is not HOCON: " + message;
  }

  private static RunConfiguration bind(Config user, Problems problems) {
    ConfigObject reference = section(resource(REFERENCE).resolve(), problems);
    RunConfiguration run = null;
    try {
      Config whole = Unresolved.resolve(user.withFallback(resource(REFERENCE)), problems);
      ConfigObject section = section(whole, problems);
      Binding binding = new Binding(RunConfiguration.class, problems);
      binding.checkKeys(RunConfiguration.class, section, "");
      run = binding.bind(RunConfiguration.class, section, reference, "", reference.origin());
      Rules.check(run, new Places(section, problems));
    } catch (ConfigException e) {
      problems.add(e.origin() == null ? user.origin() : e.origin(), "", sentence(e));
    }

    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems.all());
    }

    return run;
  }

  private static ConfigObject section(Config whole, Problems problems) {
    ConfigValue section = whole.root().get(ROOT);
    if (section instanceof ConfigObject object) {
      return object;
    }

    problems.add(
        section.origin(), ROOT, "It should be a section, such as longspan { key = value }.");
    return (ConfigObject) resource(REFERENCE).root().get(ROOT);
  }

  private static Config readFile(Path file, Problems problems) {
    Path absolute = file.toAbsolutePath().normalize();
    if (Files.isDirectory(absolute)) {
      problems.add("It is a folder, but a configuration is one file, such as run.conf.");
    } else if (!Files.exists(absolute)) {
      problems.add("There is no such file; give the path of a HOCON file.");
    } else if (!Files.isReadable(absolute)) {
      problems.add("It can't be read; its permissions do not let this user.");
    }

    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems.all());
    }

    try {
      return ConfigFactory.parseFile(
          absolute.toFile(), options().setIncluder(new Includes(absolute, problems)));
    } catch (ConfigException e) {
      problems.add(e.origin(), "", sentence(e));
      throw new ConfigurationException(problems.all());
    }
  }

  /**
   * Other sections than ours are the user's own, for substitutions; but a key of ours at the top,
   * or ours misspelt, is a mistake that would otherwise pass in silence.
   */
  private static void checkRoot(ConfigObject root, Problems problems) {
    Set<String> ours = Keys.of(RunConfiguration.class).keySet();
    root.forEach(
        (key, value) -> {
          if (ours.contains(key)) {
            problems.add(
                value.origin(),
                key,
                "It stands outside of longspan { }; did you mean %s?".formatted(full(key)));
          } else if (!key.equals(ROOT) && Keys.distance(key, ROOT) <= 2) {
            problems.add(value.origin(), key, "There is no such key. Did you mean longspan?");
          }
        });
  }

  private static Config overrides(List<String> overrides, Problems problems) {
    Config all = ConfigFactory.empty();
    for (String override : overrides) {
      int equals = override.indexOf('=');
      if (equals < 1) {
        problems.add(
            new Problem("--set " + override, "", "It should be key=value, such as seed=7."));
      } else {
        String key = override.substring(0, equals).strip();
        String value = override.substring(equals + 1).strip();
        all = override(key, value, problems).withFallback(all);
      }
    }

    return all;
  }

  private static Config override(String key, String value, Problems problems) {
    boolean hocon = value.matches("(?s)null|[\\[{\"].*|.*\\$\\{.*");
    String text = hocon ? value : ConfigUtil.quoteString(value);
    String source = "--set " + key;
    try {
      return ConfigFactory.parseString(
          full(key) + " = " + text, options().setOriginDescription(source));
    } catch (ConfigException e) {
      problems.add(new Problem(source, "", sentence(e)));
      return ConfigFactory.empty();
    }
  }

  private static Config resource(String name) {
    return ConfigFactory.parseResources(name, options());
  }

  private static ConfigParseOptions options() {
    return ConfigParseOptions.defaults()
        .setAllowMissing(false)
        .setClassLoader(Configurations.class.getClassLoader());
  }
}
