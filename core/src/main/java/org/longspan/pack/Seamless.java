package org.longspan.pack;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Seamless Packing, arXiv 2505.22018: a document that is a little shorter than n + 1 sequences is
 * cut into n + 1 overlapping ones, so that its end is read in the context of what stands before it.
 *
 * <pre>
 *   S sequence, O = floor(overlap × S), n = floor(L / S) of a document of L tokens
 *
 *   L &lt; S                          left over
 *   L = n S                        n sequences
 *   L &lt; (S - O)(n + 1) + O         n sequences, the end left over
 *   else                           n + 1 sequences, which begin at i (S - v) for i &lt; n, the last at L - S
 *                                  v = floor((S (n + 1) - L) / (n + 1)) + 1
 * </pre>
 *
 * <p>For long documents that v can be so great that the last but one sequence ends before the last
 * begins; v is then as great as leaves no gap. Tokens of an overlap stand in two sequences or more.
 *
 * <p>What is left over goes to {@link Layout#rest()}, and from there to best fit. The paper packs
 * it first-fit-decreasing into bins of S + 50, drops what is beyond S in a bin, joins the bins that
 * are not full, cuts those again and drops the end; best fit drops nothing.
 *
 * <p>Relatedness is 1, as a row is of one document. Cost: O(rows).
 */
public final class Seamless implements Packer {
  static final String NAME = "seamless";

  /**
   * How far sequences may overlap.
   *
   * @param overlap the greatest share of a sequence, from 0 to 0.5
   */
  public record Options(double overlap) implements Serializable {
    public static final Options PUBLISHED = new Options(0.3);

    public Options {
      if (!(overlap >= 0 && overlap <= 0.5)) {
        throw new IllegalArgumentException(
            "The overlap of Seamless Packing is a share from 0 to 0.5, not %s.".formatted(overlap));
      }
    }
  }

  private final int sequenceLength;
  private final int mostOverlap;

  /**
   * @param sequenceLength S, tokens of every row, at least 1
   */
  Seamless(int sequenceLength, Options options) {
    this.sequenceLength = sequenceLength;
    this.mostOverlap = (int) (options.overlap() * sequenceLength);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Repeats repeats() {
    return Repeats.OVERLAPS;
  }

  @Override
  public Layout pack(Slice documents, Edges edges, long seed) {
    List<Layout.Row> rows = new ArrayList<>();
    List<Item> rest = new ArrayList<>();
    for (Item copy : documents.items()) {
      int end = 0;
      for (int start : starts(copy.length())) {
        end = start + sequenceLength;
        Item part = new Item(copy.document(), copy.copy(), start, end);
        rows.add(new Layout.Row(List.of(part), 1, sequenceLength));
      }

      if (end < copy.end()) {
        rest.add(new Item(copy.document(), copy.copy(), end, copy.end()));
      }
    }

    return new Layout(rows, rest);
  }

  /** Where the sequences of a document of so many tokens begin. */
  private List<Integer> starts(int length) {
    int whole = length / sequenceLength;
    long missing = (long) sequenceLength * (whole + 1) - length;
    boolean overlaps =
        whole > 0 && missing < sequenceLength && missing <= (long) mostOverlap * whole;

    int overlap = 0;
    if (overlaps) {
      overlap = (int) (missing / (whole + 1)) + 1;
      if (whole > 1) {
        overlap = (int) Math.min(overlap, missing / (whole - 1));
      }
    }

    List<Integer> starts = new ArrayList<>();
    for (int i = 0; i < whole; i++) {
      starts.add(i * (sequenceLength - overlap));
    }

    if (overlaps) {
      starts.add(length - sequenceLength);
    }

    return starts;
  }
}
