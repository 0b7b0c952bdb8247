package org.longspan.action;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the sequences table says about a row before it has tokens.
 *
 * @param spans in row order; their lengths sum to the sequence length
 * @param seqLengths tokens of each document part with its separator, and of the padding
 * @param lossRuns alternating lengths of trained and not trained runs, trained first; null where
 *     every token is trained
 * @param domains distinct, ascending
 */
record SequenceShape(
    List<Span> spans, List<Integer> seqLengths, List<Integer> lossRuns, List<String> domains) {
  static final String BODY = "body";
  static final String SEPARATOR = "separator";
  static final String PAD = "pad";

  /** A span; the document is null for what the packer added. */
  record Span(String docId, Integer copy, int start, int end, String role) {
    int length() {
      return end - start;
    }
  }

  /**
   * The shape of a row of parts, padded to the sequence length.
   *
   * @throws IllegalArgumentException where the parts are longer than the sequence
   */
  static SequenceShape of(List<DocumentPart> parts, int sequenceLength) {
    List<Span> spans = new ArrayList<>();
    List<Integer> seqLengths = new ArrayList<>();
    SortedSet<String> domains = new TreeSet<>();
    int filled = 0;

    for (DocumentPart part : parts) {
      if (part.start() < part.bodyEnd()) {
        spans.add(new Span(part.docId(), part.copy(), part.start(), part.bodyEnd(), part.role()));
      }

      if (part.end() > part.tokens()) {
        spans.add(new Span(null, null, 0, 1, SEPARATOR));
      }

      seqLengths.add(part.length());
      domains.add(part.domain());
      filled += part.length();
    }

    if (filled > sequenceLength) {
      throw new IllegalArgumentException(
          "A row of %d tokens does not fit a sequence of %d.".formatted(filled, sequenceLength));
    }

    if (filled == sequenceLength) {
      return new SequenceShape(spans, seqLengths, null, List.copyOf(domains));
    }

    int padding = sequenceLength - filled;
    spans.add(new Span(null, null, 0, padding, PAD));
    seqLengths.add(padding);
    return new SequenceShape(spans, seqLengths, List.of(filled, padding), List.copyOf(domains));
  }
}
