/**
 * Sweeps: many runs of one experiment file, on one machine or many. {@link
 * dev.idem.runs.sweep.SweepExecution} decides what runs; a {@link dev.idem.runs.sweep.SweepRunner}
 * decides where; a {@link dev.idem.runs.sweep.SweepWorker} trains one run.
 */
@NullMarked
package dev.idem.runs.sweep;

import org.jspecify.annotations.NullMarked;
