package org.longspan.score;

import java.util.Map;

/**
 * How well a text compresses, as the OLMo 3 report filters long documents by it, arXiv 2512.13961,
 * section 3.6:
 *
 * <pre>
 *   gzip ratio      = gzip bytes / UTF-8 bytes
 *   long window     = bytes of a codec that sees the whole text / UTF-8 bytes
 *   far repetition  = gzip ratio - long window
 * </pre>
 *
 * <p>The score is the gzip ratio. Text that repeats itself has a low one, noise a high one, and
 * neither end is good: the report drops a fifth at each end, within groups of like documents. It
 * prints no formula; this one is that of the annotator that its authors published later (gzip at
 * level 6, whole text, header and trailer counted, nothing normalised). Whole bytes may differ by a
 * few from one zlib to another.
 *
 * <p>gzip sees back 32,768 bytes, some 8,000 tokens: two copies of a chapter are nothing to it if
 * they lie farther apart. The far repetition is what the long window saves beyond that. It is near
 * 0, either side, for a text without repetition at such distances; a text of which half is a far
 * copy has half its gzip ratio.
 *
 * <p>Details: {@code gzip} (the score again), {@code long_window}, {@code far_repetition}, {@code
 * bytes}, {@code level}. An empty text is too short. Cost: O(1).
 */
public final class Compressibility implements Scorer<CompressedSizes> {
  @Override
  public String name() {
    return "compressibility";
  }

  @Override
  public Score score(CompressedSizes measured) {
    if (measured.bytes() == 0) {
      return Score.tooShort("The document is empty, so that nothing can be compressed.");
    }

    double gzip = (double) measured.gzip() / measured.bytes();
    double longWindow = (double) measured.longWindow() / measured.bytes();
    return Score.of(
        gzip,
        Map.of(
            "gzip",
            gzip,
            "long_window",
            longWindow,
            "far_repetition",
            gzip - longWindow,
            "bytes",
            (double) measured.bytes(),
            "level",
            (double) measured.gzipLevel()));
  }
}
