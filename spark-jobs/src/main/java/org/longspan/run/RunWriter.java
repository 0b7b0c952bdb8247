package org.longspan.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.longspan.conf.ConfigurationException;
import org.longspan.conf.Problem;

/** A run directory to write: locked for one run, with staging, work and commits. */
public final class RunWriter implements AutoCloseable {
  private final RunDirectory directory;
  private final RunFiles files;
  private final Layout layout;
  private final RunLock lock;

  private RunWriter(RunDirectory directory, RunLock lock) {
    this.directory = directory;
    this.files = directory.files();
    this.layout = directory.layout();
    this.lock = lock;
  }

  private record Owner(String longspan, RunIdentity identity) {}

  /**
   * Takes a directory for a run: an empty or new one, or that of an earlier run of the same
   * configuration, whose unfinished commits are finished first.
   *
   * @throws ConfigurationException where the directory holds something else, belongs to another
   *     configuration, or is being written by another run; it is left as it was
   */
  public static RunWriter open(Configuration hadoop, String output, RunIdentity identity) {
    RunDirectory directory = RunDirectory.anywhere(hadoop, output);
    refuseForeign(directory, identity);
    RunLock lock = RunLock.take(directory.files(), directory.layout().lock());
    try {
      // Between the first look and the lock another run may have begun here and ended.
      refuseForeign(directory, identity);
      RunWriter writer = new RunWriter(directory, lock);
      writer.own(identity);
      writer.recover();
      return writer;
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * The directory that {@link #open} would take, to look at: nothing is made in it or locked, and
   * it need not exist.
   *
   * @throws ConfigurationException where {@code open} would refuse it, but for another run in it
   */
  public static RunDirectory peek(Configuration hadoop, String output, RunIdentity identity) {
    RunDirectory directory = RunDirectory.anywhere(hadoop, output);
    refuseForeign(directory, identity);
    return directory;
  }

  public RunDirectory directory() {
    return directory;
  }

  /** The Hadoop path at which a stage writes a table or files before it commits. */
  public String stagingPath(String stage, String artifact) {
    return layout.staged(stage, artifact).toString();
  }

  /** An empty folder at which a stage writes files before it commits. */
  public String stagingFolder(String stage, String artifact) {
    files.makeFolder(layout.staged(stage, artifact));
    return stagingPath(stage, artifact);
  }

  /** A folder for work that outlives a killed run, as that run left it. */
  public String workFolder(String stage, String fingerprint) {
    files.makeFolder(layout.work(stage, fingerprint));
    return layout.work(stage, fingerprint).toString();
  }

  /** A table, or files that are no table, that a stage has in staging. */
  public Artifact staged(String stage, String artifact) {
    return directory.measured(artifact, layout.staged(stage, artifact));
  }

  /** Throws away what a stage has in staging; its work stays. */
  public void discard(String stage) {
    files.delete(layout.staging(stage));
  }

  /**
   * Removes what stages have written that a run no longer has: their tables would speak of others
   * that are made anew.
   *
   * @param stages those that the run has
   * @return the stages that are gone
   */
  public List<String> retire(Set<String> stages) {
    List<CommitRecord> records =
        files.children(layout.commits()).stream()
            .flatMap(file -> directory.record(file.getPath()).stream())
            .toList();
    Set<String> kept = new HashSet<>(Set.of(RunDirectory.DROPS));
    records.stream()
        .filter(record -> stages.contains(record.stage()))
        .flatMap(record -> record.artifacts().stream())
        .forEach(artifact -> kept.add(artifact.name()));

    List<String> gone = new ArrayList<>();
    for (CommitRecord record : records) {
      if (!stages.contains(record.stage())) {
        retire(record, kept);
        gone.add(record.stage());
      }
    }

    return gone;
  }

  private void retire(CommitRecord record, Set<String> kept) {
    record.artifacts().stream()
        .map(Artifact::name)
        .filter(name -> !kept.contains(name))
        .forEach(name -> files.delete(layout.artifact(name)));
    deleteDrops(name -> name.startsWith(record.stage() + "."));
    // Last, so that a run that is killed here leaves the rest to the next one.
    files.delete(layout.commit(record.stage()));
  }

  /** Makes all that a stage has in staging visible and removes its work, of any fingerprint. */
  public void commit(CommitRecord record) {
    Path pending = layout.pendingCommit(record.stage());
    files.makeFolder(layout.commits());
    files.write(pending, Json.write(record));
    if (!finish(record)) {
      throw new IllegalStateException(
          "The tables of stage "
              + record.stage()
              + " changed while they were moved into place; does another program write to "
              + directory.path()
              + "?");
    }
  }

  /**
   * Makes one table of a stage visible that is not committed: what a failed stage leaves for its
   * user to read. An earlier commit of the stage no longer holds then.
   *
   * @return the table's path
   */
  public String publish(String stage, String table) {
    put(layout.staged(stage, table), layout.artifact(table));
    return directory.path(table);
  }

  public void write(Manifest manifest) {
    files.replace(layout.manifest(), manifest.toJson());
  }

  /** Gives the directory back. */
  @Override
  public void close() {
    lock.close();
  }

  private static void refuseForeign(RunDirectory directory, RunIdentity identity) {
    RunFiles files = directory.files();
    Layout layout = directory.layout();
    Optional<FileStatus> root = files.status(layout.root());
    if (root.isPresent() && !root.get().isDirectory()) {
      throw refusal(directory, "This is a file. Choose a directory for the output.");
    }

    Optional<String> run = files.read(layout.run());
    if (run.isEmpty()) {
      boolean empty =
          files.children(layout.root()).stream()
              .allMatch(child -> child.getPath().getName().equals(Layout.CONTROL));
      if (!empty) {
        throw refusal(
            directory,
            "This directory is not empty and holds no Longspan run; nothing in it was touched."
                + " Choose a new or empty directory for the output.");
      }

      return;
    }

    RunIdentity owner = owner(directory, run.get()).identity();
    if (!owner.equals(identity) && holdsWork(directory)) {
      throw refusal(
          directory,
          "This directory belongs to a run with the input paths "
              + owner.inputPaths()
              + ", and this configuration has "
              + identity.inputPaths()
              + "; nothing in it was touched. Choose another output, or delete the directory if"
              + " its tables are no longer needed.");
    }
  }

  /** A run that ended before its first stage did leaves nothing that another could harm. */
  private static boolean holdsWork(RunDirectory directory) {
    RunFiles files = directory.files();
    Layout layout = directory.layout();
    return files.children(layout.root()).stream()
            .anyMatch(child -> !child.getPath().getName().equals(Layout.CONTROL))
        || !files.children(layout.commits()).isEmpty()
        || !files.children(layout.works()).isEmpty();
  }

  private static Owner owner(RunDirectory directory, String run) {
    try {
      return Json.read(run, Owner.class);
    } catch (JsonProcessingException e) {
      throw refusal(
          directory,
          "Its "
              + Layout.CONTROL
              + "/run.json can't be read, so that it is not known whose tables these are; nothing"
              + " was touched. Choose another output, or delete the directory.");
    }
  }

  private static ConfigurationException refusal(RunDirectory directory, String message) {
    return new ConfigurationException(List.of(new Problem(directory.path(), "output", message)));
  }

  private void own(RunIdentity identity) {
    Optional<String> run = files.read(layout.run());
    if (run.isEmpty() || !owner(directory, run.get()).identity().equals(identity)) {
      files.delete(layout.staging());
      files.replace(
          layout.run(), Json.write(new Owner(Versions.ofBuild().get("longspan"), identity)));
    }
  }

  private void recover() {
    for (FileStatus file : files.children(layout.commits())) {
      Path pending = file.getPath();
      if (!pending.getName().endsWith(Layout.PENDING)) {
        continue;
      }

      Optional<CommitRecord> record = directory.record(pending);
      record.ifPresentOrElse(
          this::finish,
          // Cut while it was written: no table had been moved yet.
          () -> files.delete(pending));
    }

    files.delete(layout.staging());
  }

  /**
   * The second half of a commit. Whatever of it is done already is left as it is.
   *
   * @return false where a move that broke off has lost files: then the stage is not committed
   */
  private boolean finish(CommitRecord record) {
    String stage = record.stage();
    for (Artifact artifact : record.artifacts()) {
      Path staged = layout.staged(stage, artifact.name());
      if (!files.exists(staged)) {
        continue;
      }

      if (artifact.name().equals(RunDirectory.DROPS)) {
        putDrops(record, staged);
      } else {
        put(staged, layout.artifact(artifact.name()));
      }
    }

    if (!directory.isIntact(record)) {
      files.delete(layout.commit(stage));
      files.delete(layout.pendingCommit(stage));
      return false;
    }

    deleteSuperseded(record);
    files.delete(layout.commit(stage));
    files.move(layout.pendingCommit(stage), layout.commit(stage));
    files.delete(layout.staging(stage));
    files.delete(layout.work(stage));
    return true;
  }

  private void put(Path staged, Path place) {
    files.delete(place);
    files.move(staged, place);
  }

  private void putDrops(CommitRecord record, Path staged) {
    Path drops = layout.artifact(RunDirectory.DROPS);
    String prefix = RunDirectory.dropsPrefix(record);
    deleteDrops(name -> name.startsWith(record.stage() + ".") && !name.startsWith(prefix));

    for (FileStatus file : files.children(staged)) {
      String name = file.getPath().getName();
      if (!name.equals("_SUCCESS")) {
        files.move(file.getPath(), new Path(drops, prefix + name));
      }
    }
  }

  private void deleteDrops(Predicate<String> names) {
    for (FileStatus old : files.children(layout.artifact(RunDirectory.DROPS))) {
      if (names.test(old.getPath().getName())) {
        files.delete(old.getPath());
      }
    }
  }

  /** What the stage's last commit had and this one has not. */
  private void deleteSuperseded(CommitRecord record) {
    List<String> names = record.artifacts().stream().map(Artifact::name).toList();
    directory.record(layout.commit(record.stage())).stream()
        .flatMap(old -> old.artifacts().stream())
        .map(Artifact::name)
        .filter(name -> !names.contains(name) && !name.equals(RunDirectory.DROPS))
        .forEach(name -> files.delete(layout.artifact(name)));
  }
}
