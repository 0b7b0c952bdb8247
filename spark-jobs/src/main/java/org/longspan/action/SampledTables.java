package org.longspan.action;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.longspan.plan.CorpusSample;

/**
 * A sample of a corpus, held in the executors' storage.
 *
 * @param counts what is in it
 * @param documents doc_id, domain, text and source_index, the place of the document's source
 * @param tokens as the table {@code tokens}
 * @param held what {@link #close} gives back
 */
public record SampledTables(
    CorpusSample counts, Dataset<Row> documents, Dataset<Row> tokens, List<Dataset<Row>> held)
    implements AutoCloseable {
  public SampledTables {
    held = List.copyOf(held);
  }

  @Override
  public void close() {
    held.forEach(Dataset::unpersist);
  }
}
