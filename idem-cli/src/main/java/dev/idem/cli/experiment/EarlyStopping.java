package dev.idem.cli.experiment;

/**
 * Ends a run that gets no better.
 *
 * @param metric of which lower is better
 * @param patience evaluations without a better value, positive
 */
public record EarlyStopping(Metric metric, long patience) {}
