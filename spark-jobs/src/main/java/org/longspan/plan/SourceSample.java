package org.longspan.plan;

/**
 * What a sample holds of a source.
 *
 * @param paths as they are written in the configuration
 * @param files number of the source's files
 * @param bytes of all its files, as they lie
 * @param bytesRead those of them that were read
 * @param documents documents that were found, duplicates left out
 * @param duplicates exact duplicates among them; of a corpus' duplicates a sample finds fewer than
 *     its share, since both copies must be in it
 * @param quarantined rows that are no documents
 */
public record SourceSample(
    String paths,
    long files,
    long bytes,
    long bytesRead,
    long documents,
    long duplicates,
    long quarantined) {

  /** Whether the sample is the source. */
  public boolean isWhole() {
    return bytesRead >= bytes;
  }

  /** Share of the source's bytes that were read, 0 to 1. */
  public double share() {
    return isWhole() ? 1 : (double) bytesRead / bytes;
  }

  /** What a count of the sample is in the whole source, about; the count itself for all of it. */
  public long whole(long count) {
    return isWhole() ? count : Math.round(count / share());
  }

  /** Share of rows that are no documents, 0 to 1. */
  public double quarantinedShare() {
    long rows = documents + duplicates + quarantined;
    return rows == 0 ? 0 : (double) quarantined / rows;
  }
}
