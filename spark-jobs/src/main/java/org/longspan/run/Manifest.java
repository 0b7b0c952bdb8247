package org.longspan.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.longspan.conf.RunConfiguration;

/**
 * What made a run's tables: {@code manifest.json}. It repeats the commit records for people and
 * programs to read; no decision is taken from it.
 *
 * @param configuration resolved, every key with its value
 * @param versions of Longspan, its code, Spark, Scala, Java and the libraries
 * @param seed decides every random choice
 * @param stages every stage that has a commit, in order
 */
public record Manifest(
    JsonNode configuration,
    SortedMap<String, String> versions,
    long seed,
    List<StageReport> stages) {
  public Manifest {
    versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
    stages = List.copyOf(stages);
  }

  /** The manifest of a run that starts now. */
  public static Manifest of(RunConfiguration configuration) {
    return new Manifest(
        Json.tree(configuration), Versions.ofThisRun(), configuration.seed(), List.of());
  }

  public Manifest withStages(List<StageReport> reports) {
    return new Manifest(configuration, versions, seed, reports);
  }

  /** The version of the code: a part of every stage's fingerprint. */
  public String code() {
    return versions.get("code");
  }

  String toJson() {
    ObjectNode manifest = (ObjectNode) Json.tree(this);
    manifest.putArray("stages").addAll(stages.stream().map(Manifest::entry).toList());
    return Json.write(manifest);
  }

  private static JsonNode entry(StageReport report) {
    ObjectNode commit = (ObjectNode) Json.tree(report.commit());
    commit.set("outcome", Json.tree(report.outcome()));
    return commit;
  }
}
