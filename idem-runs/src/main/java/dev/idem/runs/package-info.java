/**
 * Runs of experiments, each in a folder of its own, which can be interrupted and resumed: their
 * listeners, log files and checkpoints. Start with {@link dev.idem.runs.Run}.
 */
@NullMarked
package dev.idem.runs;

import org.jspecify.annotations.NullMarked;
