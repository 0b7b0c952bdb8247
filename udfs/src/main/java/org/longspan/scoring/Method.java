package org.longspan.scoring;

import org.longspan.score.Scorer;

/** A scorer, and the measurement that it reads. */
record Method<M>(Measurement<M> measurement, Scorer<M> scorer) {}
