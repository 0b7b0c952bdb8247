package org.longspan.scoring;

import java.io.Serializable;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.longspan.attention.AttentionByDistance;
import org.longspan.attention.DistanceMasses;
import org.longspan.attention.Heads;
import org.longspan.attention.Ladm;
import org.longspan.attention.LongAttn;
import org.longspan.attention.QueryBlocks;

/**
 * How the scores that read attention are computed. Everywhere a span of 0 tokens stands for a 256th
 * of the window, as 128 are of 32,768.
 *
 * @param ladm LADM's settings
 * @param longAttn LongAttn's settings
 * @param distance the settings of attention by distance
 * @param blocks blocks of queries, a 256th of the window each, that LongAttn and attention by
 *     distance read of a window; 0: all queries
 */
public record AttentionSettings(
    LadmSettings ladm, LongAttnSettings longAttn, DistanceSettings distance, int blocks)
    implements Serializable {
  /** As published, in windows of the model's length. */
  public static final AttentionSettings PUBLISHED =
      new AttentionSettings(
          new LadmSettings("code", 0, 4, 4, 0, List.of(), List.of()),
          new LongAttnSettings("paper", LongAttn.PUBLISHED_ALPHA),
          new DistanceSettings(0, 4, 4, 0, List.of()),
          0);

  private static final int SPANS = 256;
  private static final int FAR_SHARE = 8;

  /**
   * @param mode {@code code} or {@code paper}
   * @param span tokens of a span; 0: a 256th of the window
   * @param keyStride of so many key spans one is read
   * @param queryStride of so many query spans one is read
   * @param first the first span whose queries count; 0: as published for the mode
   * @param ablations what is left out, {@code no-deviation} and {@code no-length}
   * @param heads which are read, see {@link Heads#parse}
   */
  public record LadmSettings(
      String mode,
      int span,
      int keyStride,
      int queryStride,
      int first,
      List<String> ablations,
      List<String> heads)
      implements Serializable {
    public LadmSettings {
      ablations = List.copyOf(ablations);
      heads = List.copyOf(heads);
    }
  }

  /**
   * @param mode {@code code} or {@code paper}
   * @param alpha weight of the uniformity
   */
  public record LongAttnSettings(String mode, double alpha) implements Serializable {
    /** Whose variance and scaling. */
    public LongAttn.Mode variant() {
      return LongAttn.Mode.valueOf(constant(mode));
    }
  }

  /**
   * @param span tokens of a span; 0: a 256th of the window
   * @param every of so many spans of queries one is read
   * @param sink first tokens of a window that are told apart
   * @param far tokens from which on a distance is far; 0: an eighth of the window
   * @param heads which are read, see {@link Heads#parse}
   */
  public record DistanceSettings(int span, int every, int sink, int far, List<String> heads)
      implements Serializable {
    public DistanceSettings {
      heads = List.copyOf(heads);
    }
  }

  /** These settings with others of LADM's. */
  public AttentionSettings with(LadmSettings another) {
    return new AttentionSettings(another, longAttn, distance, blocks);
  }

  /** These settings with others of LongAttn's. */
  public AttentionSettings with(LongAttnSettings another) {
    return new AttentionSettings(ladm, another, distance, blocks);
  }

  /** These settings with others of attention by distance. */
  public AttentionSettings with(DistanceSettings another) {
    return new AttentionSettings(ladm, longAttn, another, blocks);
  }

  /** These settings with so many blocks of queries; 0: all queries. */
  public AttentionSettings withBlocks(int count) {
    return new AttentionSettings(ladm, longAttn, distance, count);
  }

  Ladm ladm(int window) {
    Set<Ladm.Ablation> ablations = EnumSet.noneOf(Ladm.Ablation.class);
    ladm.ablations.forEach(name -> ablations.add(Ladm.Ablation.valueOf(constant(name))));
    return new Ladm(
        Ladm.Mode.valueOf(constant(ladm.mode)),
        window,
        new Ladm.Spans(span(ladm.span, window), ladm.keyStride, ladm.queryStride, ladm.first),
        Heads.parse(ladm.heads),
        ablations);
  }

  LongAttn longAttn(int window, long seed) {
    LongAttn whole = new LongAttn(longAttn.variant(), window);
    return blocks == 0 ? whole : whole.sampling(new QueryBlocks(span(0, window), blocks, seed));
  }

  AttentionByDistance distance(int window, long seed) {
    DistanceMasses masses =
        new DistanceMasses(
            span(distance.span, window),
            distance.every,
            distance.sink,
            Heads.parse(distance.heads));
    int far = distance.far == 0 ? Math.max(1, window / FAR_SHARE) : distance.far;
    AttentionByDistance whole = new AttentionByDistance(window, masses, far);
    return blocks == 0 ? whole : whole.sampling(blocks, seed);
  }

  private static int span(int tokens, int window) {
    return tokens == 0 ? Math.max(1, window / SPANS) : tokens;
  }

  private static String constant(String name) {
    return name.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
