/**
 * Scalars, images and histograms of a run for TensorBoard: {@link
 * dev.idem.runs.tensorboard.TensorBoardListener}.
 */
@NullMarked
package dev.idem.runs.tensorboard;

import org.jspecify.annotations.NullMarked;
