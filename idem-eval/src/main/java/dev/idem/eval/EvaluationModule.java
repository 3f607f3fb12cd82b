package dev.idem.eval;

import com.google.inject.AbstractModule;
import dev.idem.eval.metrics.CollapseThresholds;
import dev.idem.eval.metrics.IdempotencyMetrics;

/** Binds metrics and collapse thresholds; without Guice call their {@code defaults()}. */
public final class EvaluationModule extends AbstractModule {

  @Override
  protected void configure() {
    bind(IdempotencyMetrics.class).toInstance(IdempotencyMetrics.defaults());
    bind(CollapseThresholds.class).toInstance(CollapseThresholds.defaults());
  }
}
