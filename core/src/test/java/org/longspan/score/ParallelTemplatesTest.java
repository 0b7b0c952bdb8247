package org.longspan.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.longspan.context.ContextWindow;
import org.longspan.context.ContextWindows;

class ParallelTemplatesTest {
  private static final ParallelTemplates TEMPLATES = new ParallelTemplates(4, 5);

  /** "the cat of France", then "the king of France": the last token ends "the _ of France". */
  @Test
  void anotherWordInTheSameFormIsATemplate() {
    Score score = score(1, 20, 3, 4, 7, 8, 1, 30, 3, 4);

    assertThat(score.details())
        .containsEntry("eligible_tokens", 2.0)
        .containsEntry("template_tokens", 1.0)
        .containsEntry("repeated_tokens", 0.0);
    assertThat(score.value().getAsDouble()).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void anExactRepeatIsNone() {
    Score score = score(1, 20, 3, 4, 7, 8, 1, 20, 3, 4);

    assertThat(score.details())
        .containsEntry("template_tokens", 0.0)
        .containsEntry("repeated_tokens", 1.0);
  }

  @Test
  void nearUsesDoNotCount() {
    assertThat(score(7, 8, 9, 10, 11, 12, 1, 20, 3, 4, 1, 30, 3, 4).details())
        .containsEntry("template_tokens", 0.0);
  }

  /** A slot stands inside: another first or last token is no use of the same form. */
  @Test
  void theEndsOfATemplateAreFixed() {
    assertThat(score(20, 1, 3, 4, 7, 8, 30, 1, 3, 4).details())
        .containsEntry("template_tokens", 0.0);
    assertThat(score(1, 3, 4, 20, 7, 8, 1, 3, 4, 30).details())
        .containsEntry("template_tokens", 0.0);
  }

  @Test
  void windowsAreReadByThemselves() {
    ContextWindows apart =
        new ContextWindows(
            20,
            List.of(
                window(0, 1, 20, 3, 4, 7, 8, 9, 9, 9, 9),
                window(10, 1, 30, 3, 4, 7, 8, 9, 9, 9, 9)));

    assertThat(TEMPLATES.score(apart).details()).containsEntry("template_tokens", 0.0);
  }

  @Test
  void aShortTextHasNoScore() {
    assertThat(score(1, 2, 3, 4, 5, 6, 7, 8).status()).isEqualTo(Status.TOO_SHORT);
    assertThat(TEMPLATES.leastTokens()).isEqualTo(9);
  }

  @Test
  void aTemplateNeedsASlotInside() {
    assertThatThrownBy(() -> new ParallelTemplates(2, 5)).hasMessageContaining("not 2 and 5");
  }

  private static Score score(int... tokens) {
    return TEMPLATES.score(new ContextWindows(tokens.length, List.of(window(0, tokens))));
  }

  private static ContextWindow window(int start, int... tokens) {
    return new ContextWindow(start, tokens, new TreeMap<>(), new float[0]);
  }
}
