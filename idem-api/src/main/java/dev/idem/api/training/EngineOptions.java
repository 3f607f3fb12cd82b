package dev.idem.api.training;

import dev.idem.api.check.Require;

/**
 * How an engine computes.
 *
 * <p>TensorFlow keeps one pool of threads for the work inside an operation, for the whole process,
 * and sizes it when the first session is made; every engine of a process should therefore use the
 * same number. With 1 a run's results do not depend on the number of processors, and several runs
 * in parallel give what they give one by one.
 *
 * @param device what operations are placed on
 * @param threads that one run may use, positive
 * @param precision of matrix products and convolutions
 * @param xla whether XLA, TensorFlow's compiler, compiles what it can; refused where it cannot run
 */
public record EngineOptions(Device device, int threads, Precision precision, boolean xla) {

  public EngineOptions {
    Require.positive("threads", threads);
  }

  /** In float32, not compiled. */
  public EngineOptions(Device device, int threads) {
    this(device, threads, Precision.FLOAT32, false);
  }

  /** The same in another precision. */
  public EngineOptions withPrecision(Precision other) {
    return new EngineOptions(device, threads, other, xla);
  }

  /** The same, compiled by XLA or not. */
  public EngineOptions withXla(boolean compiled) {
    return new EngineOptions(device, threads, precision, compiled);
  }
}
