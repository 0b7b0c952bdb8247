package org.longspan.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScaleTest {
  /** Of 2e-9, 4e-9 and 10e-9: scaled 0, 1/4 and 1. */
  private static final Scale TINY = new Scale(2e-9, 10e-9, 1.25 / 3, (1 / 16.0 + 1) / 3);

  @Test
  void valuesLieBetweenTheLeastAndTheGreatest() {
    assertThat(TINY.unit(2e-9)).isZero();
    assertThat(TINY.unit(4e-9)).isCloseTo(0.25, within(1e-12));
    assertThat(TINY.unit(10e-9)).isEqualTo(1);
  }

  @Test
  void standardValuesHaveMeanZeroAndDeviationOne() {
    double[] z = {TINY.standard(2e-9), TINY.standard(4e-9), TINY.standard(10e-9)};

    assertThat(z[0] + z[1] + z[2]).isCloseTo(0, within(1e-12));
    assertThat(z[0] * z[0] + z[1] * z[1] + z[2] * z[2]).isCloseTo(3, within(1e-12));
  }
}
