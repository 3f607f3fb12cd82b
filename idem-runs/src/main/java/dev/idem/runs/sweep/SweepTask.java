package dev.idem.runs.sweep;

import java.io.Serializable;

/**
 * A run of a sweep to train, in a form that travels to other processes.
 *
 * @param id of the run, a hash of its effective configuration; the name of its folder
 * @param experiment the effective experiment file, of one seed
 * @param until the step to pause after; at or beyond the plan's last, the run is trained to its end
 * @param version of idem that planned the sweep; a worker of another refuses the task
 */
public record SweepTask(String id, String experiment, long until, String version)
    implements Serializable {}
