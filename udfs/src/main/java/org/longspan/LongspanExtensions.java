package org.longspan;

import org.apache.spark.sql.SparkSessionExtensions;
import org.longspan.sql.LongspanFunctions;
import scala.Function1;
import scala.runtime.BoxedUnit;

/**
 * Longspan's SQL functions in every session: {@code
 * spark.sql.extensions=org.longspan.LongspanExtensions}. See {@link LongspanFunctions} for what
 * they are, and for a session that already runs.
 */
public final class LongspanExtensions implements Function1<SparkSessionExtensions, BoxedUnit> {
  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    LongspanFunctions.inject(extensions);
    return BoxedUnit.UNIT;
  }
}
