package org.longspan.run;

/**
 * A stage after a run: what it did when it committed, and what this run did about it.
 *
 * @param commit its commit, perhaps of an earlier run
 * @param outcome what this run did
 */
public record StageReport(CommitRecord commit, Outcome outcome) {

  /** What a run does about a stage that is committed at its end. */
  public enum Outcome {
    /** Ran. */
    RAN,
    /** Had nothing to do: same inputs, settings, model and code as when it was committed. */
    REUSED,
    /** Was not asked for; its tables still fit this configuration. */
    KEPT,
    /** Was not asked for; its tables are of other inputs, settings or code. */
    STALE
  }

  public String stage() {
    return commit.stage();
  }
}
