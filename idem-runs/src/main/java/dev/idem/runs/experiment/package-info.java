/**
 * Experiment files: YAML, presets and {@code --set} read into validated values; start with {@link
 * dev.idem.runs.experiment.Experiments}. Every key is declared once, in {@link
 * dev.idem.runs.experiment.ExperimentFile}.
 */
@NullMarked
package dev.idem.runs.experiment;

import org.jspecify.annotations.NullMarked;
