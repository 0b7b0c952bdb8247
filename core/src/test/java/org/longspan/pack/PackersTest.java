package org.longspan.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PackersTest {
  private static final PackerParameters PARAMETERS =
      new PackerParameters(8, 1, Splice.Order.IDENTITY);

  @Test
  void everyNameGivesThePackerOfThatName() {
    assertThat(Packers.names()).containsExactly("best-fit", "splice");
    assertThat(Packers.names())
        .allSatisfy(name -> assertThat(Packers.named(name, PARAMETERS).name()).isEqualTo(name));
  }

  @Test
  void anUnknownNameIsAnsweredWithTheKnownOnes() {
    assertThatThrownBy(() -> Packers.named("slice", PARAMETERS))
        .hasMessage("There is no packer \"slice\"; choose one of [best-fit, splice].");
  }
}
