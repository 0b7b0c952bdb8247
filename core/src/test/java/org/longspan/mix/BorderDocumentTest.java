package org.longspan.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.longspan.mix.BorderDocument.Tied;

class BorderDocumentTest {
  private static final List<Tied> TWINS = List.of(new Tied(10, "a"), new Tied(10, "b"));

  @Test
  void cutKeepsWhatIsWanted() {
    assertThat(border(7, Border.CUT)).isEqualTo(new BorderDocument(5, 10, "a", 7));
    assertThat(border(13, Border.CUT)).isEqualTo(new BorderDocument(5, 10, "b", 3));
    assertThat(border(13, Border.CUT).isCut()).isTrue();
    assertThat(border(10, Border.CUT)).isEqualTo(new BorderDocument(5, 10, "b", 0));
    assertThat(border(10, Border.CUT).isCut()).isFalse();
  }

  @Test
  void wholeTakesTheDocumentWhereThatIsNearer() {
    assertThat(border(5, Border.WHOLE).kept()).isZero();
    assertThat(border(6, Border.WHOLE).kept()).isEqualTo(10);
    assertThat(border(16, Border.WHOLE)).isEqualTo(new BorderDocument(5, 10, "b", 10));
    assertThat(border(16, Border.WHOLE).isCut()).isFalse();
  }

  @Test
  void unknownNamesAreRefused() {
    assertThat(Border.parse("cut")).isEqualTo(Border.CUT);
    assertThatThrownBy(() -> Border.parse("half"))
        .hasMessageContaining("whole or cut, not \"half\"");
  }

  private static BorderDocument border(long wanted, Border border) {
    return BorderDocument.among(5, wanted, TWINS, border);
  }
}
