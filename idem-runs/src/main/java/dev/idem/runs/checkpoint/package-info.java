/**
 * Saved runs as files: {@link dev.idem.runs.checkpoint.Checkpoint} is the value, {@link
 * dev.idem.runs.checkpoint.CheckpointFolder} keeps them, {@link
 * dev.idem.runs.checkpoint.CheckpointListener} takes them during training.
 */
@NullMarked
package dev.idem.runs.checkpoint;

import org.jspecify.annotations.NullMarked;
