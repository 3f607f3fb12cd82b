package dev.idem.tf.engine;

import dev.idem.api.training.TrainingEngine;
import dev.idem.tf.device.SessionOptions;

/** Makes engines, once it is known where and with how many threads they compute. */
@FunctionalInterface
public interface EngineFactory {

  /**
   * An engine.
   *
   * @throws IllegalArgumentException if the device is not there, naming those that are
   */
  TrainingEngine create(SessionOptions options);
}
