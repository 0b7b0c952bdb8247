package org.longspan.conf;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What the phases of a run must keep: names of their own, and each the rules of a whole run. */
final class PhaseRules {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");

  /**
   * What lies in a run directory beside the phases' folders, as far as a phase could have the name.
   */
  private static final Set<String> TAKEN =
      Set.of(
          "documents",
          "tokens",
          "scores",
          "links",
          "selection",
          "edges",
          "sequences",
          "drops",
          "quarantine",
          "export",
          "schedule",
          "schedule-jsonl",
          "relatedness",
          "exposure_weights",
          "token_weights");

  private PhaseRules() {}

  static void check(RunConfiguration run, Places places) {
    List<PhaseConfiguration> phases = run.phases();
    Set<String> names = new HashSet<>();
    for (int p = 0; p < phases.size(); p++) {
      PhaseConfiguration phase = phases.get(p);
      Places own = places.within("phases[" + p + "]");
      // A name that was refused is told already.
      if (phase.name() != null) {
        checkName(phase.name(), own);
        if (!names.add(phase.name())) {
          own.tell("Two phases have the name \"%s\": rename one.".formatted(phase.name()), "name");
        }
      }

      Rules.checkTraining(run.in(phase), own);
    }
  }

  private static void checkName(String name, Places places) {
    if (!NAME.matcher(name).matches()) {
      places.tell(
          "\"%s\" names a folder and stages, so that it has lower-case letters, digits and hyphens alone, such as 64k."
              .formatted(name),
          "name");
    } else if (TAKEN.contains(name)) {
      places.tell(
          "A run directory has a folder %s already: choose another name, such as 64k."
              .formatted(name),
          "name");
    }
  }
}
