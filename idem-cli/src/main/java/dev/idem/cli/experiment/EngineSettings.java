package dev.idem.cli.experiment;

/**
 * What the experiment is computed on.
 *
 * @param device {@code auto}, {@code cpu} or {@code gpu:N}
 * @param threads positive
 */
public record EngineSettings(String device, int threads) {}
