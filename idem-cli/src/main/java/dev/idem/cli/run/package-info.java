/**
 * Runs in folders: {@link dev.idem.cli.run.PreparedRuns} makes them of experiments, {@link
 * dev.idem.cli.run.RunSession} runs one from its lock to its result.
 */
@NullMarked
package dev.idem.cli.run;

import org.jspecify.annotations.NullMarked;
