package org.longspan.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTest {
  enum Policy {
    FAIL_FAST
  }

  record Settings(long maxBadRows, Policy infeasible, List<String> paths, String domain) {}

  @Test
  void keysAndValuesAreAsInAConfigurationFile() {
    assertThat(Json.write(new Settings(3, Policy.FAIL_FAST, List.of("a", "b"), null)))
        .isEqualTo(
            """
            {
              "max-bad-rows" : 3,
              "infeasible" : "fail-fast",
              "paths" : [ "a", "b" ],
              "domain" : null
            }
            """);
  }
}
