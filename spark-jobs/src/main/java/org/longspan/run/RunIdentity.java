package org.longspan.run;

import java.util.List;
import org.longspan.conf.RunConfiguration;

/**
 * What makes a run directory one configuration's and no other's: where its documents come from.
 * Every other setting may change between two runs in one directory; the stages that read it run
 * again.
 *
 * @param inputPaths the input paths as the configuration writes them, in its order
 */
public record RunIdentity(List<String> inputPaths) {
  public RunIdentity {
    inputPaths = List.copyOf(inputPaths);
  }

  public static RunIdentity of(RunConfiguration configuration) {
    return new RunIdentity(
        configuration.input().sources().stream()
            .flatMap(source -> source.paths().stream())
            .toList());
  }
}
