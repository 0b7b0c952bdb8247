package org.longspan.relate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a source file imports, by the form that imports have in its language: a pattern a language,
 * found by the file's ending. Java, Python, C and C++, Go, Rust and JavaScript with TypeScript; a
 * file of another language imports nothing.
 *
 * <p>Comments and strings that look like an import count as one.
 */
final class Imports {
  private static final Pattern JAVA =
      Pattern.compile("(?m)^\\s*import\\s+(?:static\\s+)?([\\w.]+?)(?:\\.\\*)?\\s*;");
  private static final Pattern PYTHON =
      Pattern.compile("(?m)^\\s*(?:from\\s+\\.*([\\w.]+)\\s+import|import\\s+([\\w.]+))");
  private static final Pattern C = Pattern.compile("(?m)^\\s*#\\s*include\\s+\"([^\"]+)\"");
  private static final Pattern GO =
      Pattern.compile("(?m)^\\s*(?:import\\s+)?(?:\\w+\\s+)?\"([^\"\\s]+)\"\\s*$");
  private static final Pattern RUST =
      Pattern.compile(
          "(?m)^\\s*(?:pub\\s+)?(?:mod\\s+(\\w+)\\s*;|use\\s+(?:crate|super|self)::([\\w:]+))");
  private static final Pattern SCRIPT =
      Pattern.compile(
          "(?:\\bfrom\\s*|\\bimport\\s*|\\brequire\\s*\\(\\s*|\\bimport\\s*\\(\\s*)[\"'](\\.[^\"']+)[\"']");

  private static final Map<String, Pattern> BY_ENDING =
      Map.ofEntries(
          Map.entry("java", JAVA),
          Map.entry("py", PYTHON),
          Map.entry("c", C),
          Map.entry("h", C),
          Map.entry("cc", C),
          Map.entry("cpp", C),
          Map.entry("hpp", C),
          Map.entry("go", GO),
          Map.entry("rs", RUST),
          Map.entry("js", SCRIPT),
          Map.entry("jsx", SCRIPT),
          Map.entry("mjs", SCRIPT),
          Map.entry("ts", SCRIPT),
          Map.entry("tsx", SCRIPT));

  private Imports() {}

  /** Ends of the paths that a file imports, with slashes and without an ending, in its order. */
  static List<String> of(String path, String text) {
    Pattern form = BY_ENDING.get(path.substring(path.lastIndexOf('.') + 1));
    List<String> names = new ArrayList<>();
    if (form == null) {
      return names;
    }

    Matcher each = form.matcher(text);
    while (each.find()) {
      for (int group = 1; group <= each.groupCount(); group++) {
        if (each.group(group) != null) {
          names.add(path(each.group(group), form));
        }
      }
    }

    return names;
  }

  private static String path(String name, Pattern form) {
    if (form == C || form == SCRIPT) {
      String plain = name.replaceAll("^(\\.{1,2}/)+", "");
      int dot = plain.lastIndexOf('.');
      return dot > plain.lastIndexOf('/') ? plain.substring(0, dot) : plain;
    }

    return form == GO ? name : name.replace("::", "/").replace('.', '/');
  }
}
