/**
 * Experiment files: YAML, presets and {@code --set} read into validated values; start with {@link
 * dev.idem.cli.experiment.Experiments}. Every key is declared once, in {@link
 * dev.idem.cli.experiment.Vocabulary}.
 */
@NullMarked
package dev.idem.cli.experiment;

import org.jspecify.annotations.NullMarked;
