package dev.idem.runs.experiment;

/**
 * Stops a run that no longer improves.
 *
 * @param metric of which lower is better
 * @param patience evaluations without a better value, positive
 */
public record EarlyStopping(Metric metric, long patience) {}
