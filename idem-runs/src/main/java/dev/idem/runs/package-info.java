/**
 * Long-running training runs that can be interrupted and resumed. Start with {@link
 * dev.idem.runs.checkpoint.CheckpointFolder}, which saves and finds checkpoints, and {@link
 * dev.idem.runs.folder.RunLock}, which restricts a run folder to one process.
 */
@NullMarked
package dev.idem.runs;

import org.jspecify.annotations.NullMarked;
