package org.longspan.stage;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.longspan.action.IngestAction;
import org.longspan.action.IngestResult;
import org.longspan.ingest.Ingestion;
import org.longspan.ingest.SourceSpec;
import org.longspan.run.BadInputException;
import org.longspan.run.Balance;
import org.longspan.run.Counts;

/** Sources to documents; the only stage that reads anything but tables. */
public final class IngestStage implements Stage {
  private final List<SourceSpec> sources;
  private final long maxBadRows;
  private final long maxDocumentBytes;

  /**
   * The stage.
   *
   * @param sources where documents come from; at least one
   * @param maxBadRows rows in quarantine above which the stage fails
   * @param maxDocumentBytes UTF-8 bytes above which a row is no document
   */
  public IngestStage(List<SourceSpec> sources, long maxBadRows, long maxDocumentBytes) {
    this.sources = List.copyOf(sources);
    this.maxBadRows = maxBadRows;
    this.maxDocumentBytes = maxDocumentBytes;
  }

  @Override
  public String name() {
    return "ingest";
  }

  @Override
  public List<String> upstream() {
    return List.of();
  }

  @Override
  public List<String> tables() {
    return List.of(Tables.DOCUMENTS, Tables.QUARANTINE);
  }

  /**
   * Lists the input, with the active session's Hadoop settings.
   *
   * @throws org.longspan.conf.ConfigurationException with the paths that match no file
   */
  @Override
  public SortedMap<String, String> identity() {
    SparkSession spark = SparkSession.active();
    SortedMap<String, String> identity = new TreeMap<>();
    identity.put("max-bad-rows", Long.toString(maxBadRows));
    identity.put("max-document-bytes", Long.toString(maxDocumentBytes));
    for (int s = 0; s < sources.size(); s++) {
      String key = String.format(Locale.ROOT, "source.%05d", s);
      identity.put(key, sources.get(s).toString());
      identity.put(key + ".files", Ingestion.fingerprint(spark, sources.get(s)));
    }

    return identity;
  }

  @Override
  public Balance run(StageContext context) {
    IngestAction action =
        IngestAction.on(context.spark())
            .maxDocumentBytes(maxDocumentBytes)
            .workPath(context.workPath());
    sources.forEach(action::source);
    IngestResult result = action.execute();
    result.figures().forEach(context::figure);

    context.write(Tables.QUARANTINE, result.quarantine());
    if (result.quarantined() > maxBadRows) {
      throw new BadInputException(result.quarantined(), maxBadRows);
    }

    context.writeDrops(result.drops());
    Dataset<Row> documents = context.write(Tables.DOCUMENTS, result.documents());
    long written = context.describe("ingest: count documents", documents::count);
    if (written == 0) {
      throw new StageFailedException(
          "The input has no document: its %.0f files gave %.0f rows, of which %d are in quarantine"
                  .formatted(
                      result.figures().get("files"),
                      result.figures().get("rows"),
                      result.quarantined())
              + " and none became a document. Check input.sources: the paths, the format and the"
              + " columns.");
    }

    context
        .progress()
        .accept(
            String.format(
                Locale.ROOT,
                "%,d documents of %,.0f characters from %,.0f files; %,.0f exact duplicates left"
                    + " out, %,d rows in quarantine",
                written,
                result.figures().getOrDefault("chars", 0.0),
                result.figures().get("files"),
                result.figures().get("exact-duplicates"),
                result.quarantined()));
    return Balance.of(
        result.counts().in(),
        result.counts().added(),
        new Counts(written, 0),
        result.counts().dropped());
  }
}
