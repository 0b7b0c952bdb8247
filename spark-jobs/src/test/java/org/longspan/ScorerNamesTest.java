package org.longspan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.typesafe.config.ConfigFactory;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.longspan.conf.Configurations;
import org.longspan.conf.RunConfiguration;
import org.longspan.scoring.Scoring;

/** Configurations and the registry of scorers know the same names. */
class ScorerNamesTest {
  private static final List<String> KNOWN = List.of(Scoring.known().split(", "));

  @Test
  void everyScorerCanBeNamedInAConfiguration() {
    assertThat(load(String.join(", ", KNOWN)).score().scorers()).isEqualTo(KNOWN);
  }

  @Test
  void aConfigurationOffersNoScorerThatIsNotThere() {
    String refused = catchThrowable(() -> load("nobody")).getMessage();
    String offered = refused.replaceAll("(?s).*is none of: ([^.]*)\\..*", "$1");
    assertThat(Arrays.asList(offered.split(", "))).containsExactlyInAnyOrderElementsOf(KNOWN);
  }

  private static RunConfiguration load(String scorers) {
    return Configurations.load(
        ConfigFactory.parseString(
            "longspan { input.sources = [{ paths = [a], domain = d }], output = o, model.companion = c, score.scorers = ["
                + scorers
                + "] }"));
  }
}
