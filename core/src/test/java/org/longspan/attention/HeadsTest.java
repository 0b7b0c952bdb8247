package org.longspan.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadsTest {
  @Test
  void headsAreNamedByLayerAndNumber() {
    Heads heads = Heads.parse(List.of("12/3", "2", "12/10", "2/7"));

    assertThat(heads.layers(16)).containsExactly(2, 12);
    assertThat(heads.heads(12, 16)).containsExactly(3, 10);
    assertThat(heads.heads(2, 4)).as("the whole layer").containsExactly(0, 1, 2, 3);
    assertThat(Heads.parse(List.of())).isEqualTo(Heads.ALL);
    assertThat(Heads.parse(List.of("7"))).isEqualTo(Heads.ofLayers(List.of(7)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "3/", "/3", "3.1", "all", "1/2/3", "99999999999"})
  void whatNamesNoHeadsIsRefused(String text) {
    assertThatThrownBy(() -> Heads.parse(List.of(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + text + "\"", "12/3");
  }

  @Test
  void headsThatAModelLacksAreRefused() {
    assertThatCode(() -> Heads.parse(List.of("3", "0/7")).requireIn(4, 8))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> Heads.parse(List.of("4")).requireIn(4, 8))
        .hasMessage("There is no layer 4: the model's 4 layers are 0 to 3.");
    assertThatThrownBy(() -> Heads.parse(List.of("1/8")).requireIn(4, 8))
        .hasMessage("There is no head 8: each layer of the model has 8, 0 to 7.");
  }
}
