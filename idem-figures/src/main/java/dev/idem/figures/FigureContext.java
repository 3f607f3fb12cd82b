package dev.idem.figures;

import dev.idem.api.check.Require;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.training.TrainingEngine;
import dev.idem.eval.Progress;
import java.util.List;
import java.util.function.Supplier;

/**
 * The settings and resources of a figure.
 *
 * @param preset how much work
 * @param seed every random draw derives from it
 * @param threads runs at a time, positive; results do not depend on it
 * @param engine trains
 * @param progress receives the progress
 * @param contributed strategies of plug-ins, for figures that compare strategies
 */
public record FigureContext(
    Preset preset,
    long seed,
    int threads,
    TrainingEngine engine,
    Progress progress,
    List<Contributed> contributed) {

  /**
   * A strategy that is not built in.
   *
   * @param name its name among strategies
   * @param origin what brought it, in messages
   * @param strategy makes it; may fail
   */
  public record Contributed(String name, String origin, Supplier<IdempotencyStrategy> strategy) {}

  public FigureContext {
    Require.positive("threads", threads);
    contributed = List.copyOf(contributed);
  }
}
