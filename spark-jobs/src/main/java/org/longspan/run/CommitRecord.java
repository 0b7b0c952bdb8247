package org.longspan.run;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * That a stage is committed, and what it did. Where no such record is, nothing is committed,
 * whatever tables may lie there.
 *
 * @param stage its name
 * @param id of this commit; no two commits have the same
 * @param fingerprint of all that decided the output
 * @param upstream the fingerprints of the stages whose tables it read
 * @param balance rows and tokens in, added, out and dropped
 * @param figures what the stage told about itself
 * @param artifacts its tables and files
 * @param seconds it took
 * @param started ISO 8601, UTC
 * @param finished ISO 8601, UTC
 */
public record CommitRecord(
    String stage,
    String id,
    String fingerprint,
    SortedMap<String, String> upstream,
    Balance balance,
    SortedMap<String, Double> figures,
    List<Artifact> artifacts,
    double seconds,
    String started,
    String finished) {
  public CommitRecord {
    upstream = Collections.unmodifiableSortedMap(new TreeMap<>(upstream));
    figures = Collections.unmodifiableSortedMap(new TreeMap<>(figures));
    artifacts = List.copyOf(artifacts);
  }
}
