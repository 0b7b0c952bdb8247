package org.longspan.model;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;

/** PyTorch inside this JVM, set up once. */
final class PyTorch {
  static final String ENGINE = "PyTorch";

  static {
    DjlSettings.apply();

    // Engines are looked up once, through the thread's loader, which in a Spark task may be one
    // that does not see them.
    Thread thread = Thread.currentThread();
    ClassLoader loader = thread.getContextClassLoader();
    thread.setContextClassLoader(PyTorch.class.getClassLoader());

    try {
      Engine.getEngine(ENGINE);
    } finally {
      thread.setContextClassLoader(loader);
    }
  }

  private PyTorch() {}

  /** A new manager for arrays on a device, {@code cpu} or {@code gpu} with an optional number. */
  static NDManager manager(String device) {
    if (!device.matches("cpu|gpu[0-9]*")) {
      throw new ModelException(
          "There is no device '%s': the devices are cpu, and gpu with its number, such as gpu0."
              .formatted(device));
    }

    Device wanted = Device.fromName(device);

    if (wanted.isGpu() && wanted.getDeviceId() >= Engine.getEngine(ENGINE).getGpuCount()) {
      throw new ModelException(
          "PyTorch sees %d GPUs here, so a model cannot run on %s: set the model's device to cpu, or build with the natives for this machine's GPUs."
              .formatted(Engine.getEngine(ENGINE).getGpuCount(), device));
    }

    return NDManager.newBaseManager(wanted, ENGINE);
  }
}
