package dev.idem.api.training;

/** Creates engines for a device and a number of threads. */
@FunctionalInterface
public interface EngineFactory {

  /**
   * An engine.
   *
   * @throws IllegalArgumentException if the device does not exist, naming those that do
   */
  TrainingEngine create(EngineOptions options);
}
