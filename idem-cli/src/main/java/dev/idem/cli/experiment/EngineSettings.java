package dev.idem.cli.experiment;

import dev.idem.tf.device.Precision;

/**
 * The settings of the engine.
 *
 * @param device {@code auto}, {@code cpu} or {@code gpu:N}
 * @param threads positive
 * @param precision of matrix products and convolutions
 * @param xla whether XLA compiles what it can
 */
public record EngineSettings(String device, int threads, Precision precision, boolean xla) {}
