package dev.idem.eval.figure;

import dev.idem.api.check.Require;
import dev.idem.api.training.TrainingEngine;

/**
 * What a figure is drawn with.
 *
 * @param preset how much work
 * @param seed every random draw derives from it
 * @param threads runs at a time, positive; results do not depend on it
 * @param engine trains
 * @param progress told how far the figure is
 */
public record FigureContext(
    Preset preset, long seed, int threads, TrainingEngine engine, Progress progress) {
  public FigureContext {
    Require.positive("threads", threads);
  }
}
