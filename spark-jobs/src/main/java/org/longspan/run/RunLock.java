package org.longspan.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.longspan.conf.ConfigurationException;
import org.longspan.conf.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run at a time writes to a directory. The lock file names its holder's host and process and is
 * written anew every 20 seconds.
 *
 * <p>A lock is abandoned when its process is known to be gone: on the same host, no process with
 * that id and start time lives. A process on another host can't be asked, so its lock is abandoned
 * when it has not been written for 3 minutes. An abandoned lock is taken over without a word.
 */
final class RunLock implements AutoCloseable {
  static final Duration SIGN_OF_LIFE = Duration.ofSeconds(20);
  static final Duration SILENCE = Duration.ofMinutes(3);

  private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);

  private final RunFiles files;
  private final Path file;
  private final Holder holder;
  private final ScheduledExecutorService heart;

  private RunLock(RunFiles files, Path file, Holder holder) {
    this.files = files;
    this.file = file;
    this.holder = holder;
    this.heart =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "longspan-lock");
              thread.setDaemon(true);
              return thread;
            });
    long millis = SIGN_OF_LIFE.toMillis();
    heart.scheduleAtFixedRate(this::beat, millis, millis, TimeUnit.MILLISECONDS);
  }

  /**
   * Who holds a lock.
   *
   * @param token of this lock alone
   * @param host name
   * @param process id
   * @param born when the process started: ids are used again
   * @param since when the lock was taken
   */
  record Holder(String token, String host, long process, String born, String since) {
    static Holder self() {
      return new Holder(
          UUID.randomUUID().toString(),
          localHost(),
          ProcessHandle.current().pid(),
          born(ProcessHandle.current()),
          Instant.now().toString());
    }

    boolean isGone(Duration silence) {
      if (!host.equals(localHost())) {
        return silence.compareTo(SILENCE) > 0;
      }

      return ProcessHandle.of(process)
          .filter(ProcessHandle::isAlive)
          .filter(living -> born(living).equals(born))
          .isEmpty();
    }

    private static String born(ProcessHandle process) {
      return process.info().startInstant().map(Instant::toString).orElse("unknown");
    }

    private static String localHost() {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException e) {
        return "localhost";
      }
    }
  }

  /**
   * Takes the lock.
   *
   * @throws ConfigurationException where a living run holds it
   */
  static RunLock take(RunFiles files, Path file) {
    Holder self = Holder.self();
    removeAbandoned(files, file);
    if (files.writeNew(file, Json.write(self))) {
      // Not every file system refuses the second of two writers, so the file decides.
      if (holder(files, file).filter(self::equals).isPresent()) {
        return new RunLock(files, file, self);
      }
    }

    throw refusal(file, holder(files, file));
  }

  @Override
  public void close() {
    heart.shutdownNow();
    try {
      // A beat under way would write the file again after it was deleted.
      heart.awaitTermination(SIGN_OF_LIFE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }

    if (holder(files, file).filter(holder::equals).isPresent()) {
      files.delete(file);
    }
  }

  private void beat() {
    try {
      files.write(file, Json.write(holder));
    } catch (RuntimeException e) {
      LOG.warn("The run's lock {} could not be written; trying again.", file, e);
    }
  }

  private static void removeAbandoned(RunFiles files, Path file) {
    Optional<FileStatus> status = files.status(file);
    if (status.isEmpty()) {
      return;
    }

    Duration silence =
        Duration.ofMillis(System.currentTimeMillis() - status.get().getModificationTime());
    boolean abandoned =
        holder(files, file)
            .map(holder -> holder.isGone(silence))
            .orElse(silence.compareTo(SILENCE) > 0);
    if (abandoned) {
      LOG.info("Taking over the lock {} of a run that is gone.", file);
      files.delete(file);
    }
  }

  /** Nobody where there is no lock, or where one is just being written. */
  private static Optional<Holder> holder(RunFiles files, Path file) {
    return files
        .read(file)
        .flatMap(
            text -> {
              try {
                return Optional.of(Json.read(text, Holder.class));
              } catch (JsonProcessingException e) {
                return Optional.empty();
              }
            });
  }

  private static ConfigurationException refusal(Path file, Optional<Holder> holder) {
    String who =
        holder
            .map(h -> "process " + h.process() + " on " + h.host() + ", since " + h.since())
            .orElse("its lock is just being written");
    return new ConfigurationException(
        List.of(
            new Problem(
                file.getParent().getParent().toString(),
                "output",
                "Another run is writing to this directory ("
                    + who
                    + "). Wait until it has ended, or choose another output. The lock of a run"
                    + " that was killed is taken over: at once on the same host, from another host"
                    + " "
                    + SILENCE.toMinutes()
                    + " minutes after its last sign of life.")));
  }
}
