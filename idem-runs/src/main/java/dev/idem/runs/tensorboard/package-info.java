/**
 * A run's numbers, images and histograms as TensorBoard reads them: {@link
 * dev.idem.runs.tensorboard.TensorBoardListener}.
 */
@NullMarked
package dev.idem.runs.tensorboard;

import org.jspecify.annotations.NullMarked;
