package org.longspan.model;

/**
 * How DJL works in this JVM, whatever engine comes first: no network, no usage reports, and one
 * thread a forward pass. Properties that the user set stand.
 */
final class DjlSettings {
  private DjlSettings() {}

  /** Before any class of DJL is used. */
  static void apply() {
    setUnlessSet("ai.djl.offline", "true");
    setUnlessSet("OPT_OUT_TRACKING", "true");
    setUnlessSet("ai.djl.pytorch.num_threads", "1");
    setUnlessSet("ai.djl.pytorch.num_interop_threads", "1");
  }

  private static void setUnlessSet(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }
}
