package org.longspan.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.longspan.action.SequenceShape.Span;

class SequenceShapeTest {
  private static final Span SEPARATOR = new Span(null, null, 0, 1, "separator");

  @Test
  void separatorStandsBehindTheEndOfADocumentOnly() {
    // Of 5 tokens and a separator: the first 3, then the last 2 with the separator.
    DocumentPart head = part("a", "web", 5, 0, 0, 3);
    DocumentPart tail = part("a", "web", 5, 1, 3, 6);

    SequenceShape shape = SequenceShape.of(List.of(head, tail), 6);

    assertThat(shape.spans())
        .containsExactly(new Span("a", 0, 0, 3, "body"), new Span("a", 1, 3, 5, "body"), SEPARATOR);
    assertThat(shape.seqLengths()).containsExactly(3, 3);
  }

  @Test
  void separatorCutOffFromItsDocumentStandsAlone() {
    SequenceShape shape =
        SequenceShape.of(List.of(part("a", "web", 4, 0, 4, 5), part("b", "web", 3, 0, 0, 3)), 4);

    assertThat(shape.spans()).containsExactly(SEPARATOR, new Span("b", 0, 0, 3, "body"));
    assertThat(shape.seqLengths()).containsExactly(1, 3);
  }

  @Test
  void fullRowIsTrainedThroughout() {
    SequenceShape shape = SequenceShape.of(List.of(part("a", "web", 9, 0, 4, 8)), 4);

    assertThat(shape.lossRuns()).isNull();
    assertThat(shape.spans()).containsExactly(new Span("a", 0, 4, 8, "body"));
  }

  @Test
  void paddingEndsTheRowAndIsNotTrained() {
    SequenceShape shape = SequenceShape.of(List.of(part("a", "web", 3, 0, 0, 3)), 8);

    assertThat(shape.spans())
        .containsExactly(new Span("a", 0, 0, 3, "body"), new Span(null, null, 0, 5, "pad"));
    assertThat(shape.seqLengths()).containsExactly(3, 5);
    assertThat(shape.lossRuns()).containsExactly(3, 5);
  }

  @Test
  void domainsAreDistinctAndSorted() {
    SequenceShape shape =
        SequenceShape.of(
            List.of(
                part("a", "web", 1, 0, 0, 1),
                part("b", "book", 1, 0, 0, 1),
                part("c", "web", 1, 0, 0, 1)),
            3);

    assertThat(shape.domains()).containsExactly("book", "web");
  }

  @Test
  void rowLongerThanTheSequenceIsRefused() {
    List<DocumentPart> parts = List.of(part("a", "web", 9, 0, 0, 9));

    assertThatThrownBy(() -> SequenceShape.of(parts, 8))
        .hasMessage("A row of 9 tokens does not fit a sequence of 8.");
  }

  private static DocumentPart part(
      String docId, String domain, int tokens, int copy, int start, int end) {
    return new DocumentPart(docId, domain, tokens, copy, start, end, "body");
  }
}
