package org.longspan.scoring;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.longspan.measure.Measured;
import org.longspan.score.Score;
import org.longspan.score.Scorer;
import org.longspan.score.Status;
import org.longspan.score.TokenWeights;

/**
 * A scorer, the measurement that it reads, and what it can say beside its score.
 *
 * @param asides by the table that they fill, from a document and what was measured of it
 */
record Method<M>(
    Measurement<M> measurement,
    Scorer<M> scorer,
    Map<SideTable, BiFunction<Excerpt, M, Aside>> asides) {
  Method {
    asides = Collections.unmodifiableMap(new EnumMap<>(asides));
  }

  /** A scorer that says its score, and weighs tokens if it is one that does. */
  Method(Measurement<M> measurement, Scorer<M> scorer) {
    this(measurement, scorer, weights(scorer));
  }

  /** The same method that can fill one more table. */
  Method<M> filling(SideTable table, BiFunction<Excerpt, M, Aside> aside) {
    Map<SideTable, BiFunction<Excerpt, M, Aside>> more = new EnumMap<>(SideTable.class);
    more.putAll(asides);
    more.put(table, aside);
    return new Method<>(measurement, scorer, more);
  }

  /** The same method that fills these tables alone. */
  Method<M> filling(List<SideTable> tables) {
    Map<SideTable, BiFunction<Excerpt, M, Aside>> fewer = new EnumMap<>(SideTable.class);
    fewer.putAll(asides);
    fewer.keySet().retainAll(tables);
    return new Method<>(measurement, scorer, fewer);
  }

  /** What it says of a document. */
  FullScore score(Excerpt document, Measured<M> measured) {
    if (measured.failed()) {
      return FullScore.of(Score.failed(measured.error()));
    }

    Score score = scorer.score(measured.measurement());
    List<Aside> told =
        score.status() != Status.SCORED
            ? List.of()
            : asides.values().stream()
                .map(aside -> aside.apply(document, measured.measurement()))
                .toList();
    return new FullScore(score, told);
  }

  /** A scorer weighs tokens by the measurement that it scores by. */
  @SuppressWarnings("unchecked")
  private static <M> Map<SideTable, BiFunction<Excerpt, M, Aside>> weights(Scorer<M> scorer) {
    Map<SideTable, BiFunction<Excerpt, M, Aside>> asides = new EnumMap<>(SideTable.class);

    if (scorer instanceof TokenWeights<?> weigher) {
      TokenWeights<M> weights = (TokenWeights<M>) weigher;
      asides.put(
          SideTable.TOKEN_WEIGHTS,
          (document, measured) -> new Aside.Weights(weights.weights(measured)));
    }

    return asides;
  }
}
