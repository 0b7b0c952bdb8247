package org.longspan.run;

import org.apache.hadoop.fs.Path;

/** Where things lie in a run directory. */
record Layout(Path root) {
  static final String CONTROL = "_longspan";
  static final String PENDING = ".pending";

  Path control() {
    return new Path(root, CONTROL);
  }

  Path run() {
    return new Path(control(), "run.json");
  }

  Path lock() {
    return new Path(control(), "lock.json");
  }

  Path manifest() {
    return new Path(root, "manifest.json");
  }

  Path commits() {
    return new Path(control(), "commits");
  }

  Path commit(String stage) {
    return new Path(commits(), stage + ".json");
  }

  Path pendingCommit(String stage) {
    return new Path(commits(), stage + ".json" + PENDING);
  }

  Path staging() {
    return new Path(control(), "staging");
  }

  Path staging(String stage) {
    return new Path(staging(), stage);
  }

  Path staged(String stage, String artifact) {
    return new Path(staging(stage), artifact);
  }

  Path works() {
    return new Path(control(), "work");
  }

  Path work(String stage) {
    return new Path(works(), stage);
  }

  Path work(String stage, String fingerprint) {
    return new Path(work(stage), fingerprint);
  }

  /** A table, or files that are no table. */
  Path artifact(String name) {
    return new Path(root, name);
  }
}
