package org.longspan.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.longspan.conf.ConfigurationException;
import org.longspan.conf.Problem;

/**
 * A run directory to read: on any file system that Hadoop knows.
 *
 * <p>All stages share one table {@code drops}. Its files lie flat in one folder, {@code
 * drops/STAGE.ID.part-*.parquet}, and each holds every column. Folders {@code drops/stage=ingest/}
 * would serve Spark and pyarrow, but a reader that takes the files one by one (datasets, pandas,
 * DuckDB on a glob) would miss the column, and with the column inside as well pyarrow refuses to
 * merge the two; plain nested folders are not read by Spark at all.
 */
public final class RunDirectory {
  static final String DROPS = "drops";

  private final RunFiles files;
  private final Layout layout;

  private RunDirectory(RunFiles files, Layout layout) {
    this.files = files;
    this.layout = layout;
  }

  /**
   * The directory of an earlier run, for reading.
   *
   * @throws ConfigurationException where there is none
   */
  public static RunDirectory at(Configuration hadoop, String output) {
    RunDirectory directory = anywhere(hadoop, output);
    if (!directory.files.exists(directory.layout.run())) {
      throw new ConfigurationException(
          List.of(
              new Problem(
                  output,
                  "output",
                  "This is not the directory of a Longspan run: it has no "
                      + Layout.CONTROL
                      + "/run.json. Give the value of output in the run's configuration.")));
    }

    return directory;
  }

  /** A directory that may not be a run yet. */
  public static RunDirectory anywhere(Configuration hadoop, String output) {
    Path root = new Path(output);
    RunFiles files = RunFiles.of(hadoop, root);
    return new RunDirectory(files, new Layout(files.qualified(root)));
  }

  /** The Hadoop path of the directory. */
  public String path() {
    return layout.root().toString();
  }

  /** The Hadoop path of a table, or of files that are no table. */
  public String path(String artifact) {
    return layout.artifact(artifact).toString();
  }

  /** The text of {@code manifest.json}, where the run has one. */
  public Optional<String> manifest() {
    return files.read(layout.manifest());
  }

  /** The names of the phases, in order, of the configuration that last ran here; often none. */
  public List<String> phases() {
    List<String> names = new ArrayList<>();
    manifest()
        .ifPresent(
            text ->
                Json.parse(text)
                    .path("configuration")
                    .path("phases")
                    .forEach(phase -> names.add(phase.path("name").asText())));
    return List.copyOf(names);
  }

  /** The commit of a stage, if it has one and its tables are as they were then. */
  public Optional<CommitRecord> commit(String stage) {
    if (files.exists(layout.pendingCommit(stage))) {
      return Optional.empty();
    }

    return record(layout.commit(stage)).filter(this::isIntact);
  }

  /** Whether a stage is committed with a fingerprint, and its tables are as they were then. */
  public boolean isCommitted(String stage, String fingerprint) {
    return commit(stage).filter(commit -> commit.fingerprint().equals(fingerprint)).isPresent();
  }

  /** The commits of all stages, as {@link #commit} gives them, by stage. */
  public SortedMap<String, CommitRecord> commits() {
    SortedMap<String, CommitRecord> commits = new TreeMap<>();
    for (FileStatus file : files.children(layout.commits())) {
      String name = file.getPath().getName();
      if (name.endsWith(".json")) {
        commit(name.substring(0, name.length() - ".json".length()))
            .ifPresent(record -> commits.put(record.stage(), record));
      }
    }

    return commits;
  }

  RunFiles files() {
    return files;
  }

  Layout layout() {
    return layout;
  }

  /** A record, if it is there and whole. */
  Optional<CommitRecord> record(Path file) {
    return files
        .read(file)
        .flatMap(
            text -> {
              try {
                return Optional.of(Json.read(text, CommitRecord.class));
              } catch (JsonProcessingException e) {
                return Optional.empty();
              }
            });
  }

  boolean isIntact(CommitRecord record) {
    return record.artifacts().stream()
        .allMatch(artifact -> measured(record, artifact.name()).equals(artifact));
  }

  /** What lies in a folder, as an artifact; Spark's mark of success does not count. */
  Artifact measured(String name, Path folder) {
    SortedMap<String, Long> lengths = new TreeMap<>();
    Path base = files.qualified(folder);
    for (FileStatus file : files.filesBelow(folder)) {
      String relative = base.toUri().relativize(file.getPath().toUri()).getPath();
      if (!relative.equals("_SUCCESS")) {
        lengths.put(relative, file.getLen());
      }
    }

    return Artifact.measured(name, lengths);
  }

  private Artifact measured(CommitRecord record, String name) {
    if (!name.equals(DROPS)) {
      return measured(name, layout.artifact(name));
    }

    SortedMap<String, Long> lengths = new TreeMap<>();
    String prefix = dropsPrefix(record);
    for (FileStatus file : files.children(layout.artifact(DROPS))) {
      String child = file.getPath().getName();
      if (child.startsWith(prefix)) {
        lengths.put(child.substring(prefix.length()), file.getLen());
      }
    }

    return Artifact.measured(name, lengths);
  }

  /** Stage names have no dots, so that one stage's prefix never begins another's. */
  static String dropsPrefix(CommitRecord record) {
    return record.stage() + "." + record.id() + ".";
  }
}
