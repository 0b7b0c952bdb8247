package org.longspan.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  @Property(tries = 300)
  void equalExactlyForEqualValues(
      @ForAll Map<String, String> left, @ForAll Map<String, String> right) {
    assertThat(of(left).equals(of(right))).isEqualTo(left.equals(right));
    assertThat(of(left)).isEqualTo(of(new TreeMap<>(left).descendingMap()));
  }

  @Test
  void partsDoNotRunTogether() {
    assertThat(of(Map.of("ab", "c"))).isNotEqualTo(of(Map.of("a", "bc")));
    assertThat(of(Map.of("a", "b", "c", "d"))).isNotEqualTo(of(Map.of("a", "bcd")));
  }

  @Test
  void staysTheSameFromVersionToVersion() {
    assertThat(of(Map.of("stage", "score", "seed", "11")))
        .isEqualTo("77a3b625a89ecb6d02b02b3c47fa0e48");
  }

  @Test
  void nullIsNoValue() {
    TreeMap<String, String> values = new TreeMap<>();
    values.put("model", null);

    assertThatThrownBy(() -> Fingerprint.of(values)).hasMessageContaining("model is null");
  }

  private static String of(Map<String, String> values) {
    return Fingerprint.of(new TreeMap<>(values));
  }
}
