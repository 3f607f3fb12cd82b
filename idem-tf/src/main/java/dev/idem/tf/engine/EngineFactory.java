package dev.idem.tf.engine;

import dev.idem.api.training.TrainingEngine;
import dev.idem.tf.device.SessionOptions;

/** Creates engines for a device and a number of threads. */
@FunctionalInterface
public interface EngineFactory {

  /**
   * An engine.
   *
   * @throws IllegalArgumentException if the device does not exist, naming those that do
   */
  TrainingEngine create(SessionOptions options);
}
