/**
 * Runs that last. Start with {@link dev.idem.runs.checkpoint.CheckpointFolder}, which saves and
 * finds checkpoints, and {@link dev.idem.runs.folder.RunLock}, which keeps a run folder to one
 * process.
 */
@NullMarked
package dev.idem.runs;

import org.jspecify.annotations.NullMarked;
