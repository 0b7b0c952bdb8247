package org.longspan.scoring;

import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;

/** Which device a Spark task computes on. */
public final class TaskDevice {
  private TaskDevice() {}

  /**
   * The device by name, for the calling task.
   *
   * @param wanted {@code cpu}; {@code gpu}, the one that Spark lent the task, else the first; or
   *     {@code auto}, the one that Spark lent the task, else the processor
   */
  public static String of(String wanted) {
    if (wanted.equals("cpu")) {
      return wanted;
    }

    TaskContext task = TaskContext.get();
    ResourceInformation gpus = task == null ? null : task.resourcesJMap().get("gpu");

    if (gpus != null && gpus.addresses().length > 0) {
      return "gpu" + gpus.addresses()[0];
    }

    return wanted.equals("auto") ? "cpu" : "gpu0";
  }
}
