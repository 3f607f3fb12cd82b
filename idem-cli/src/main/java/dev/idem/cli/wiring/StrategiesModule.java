package dev.idem.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.MapBinder;
import dev.idem.api.polynomial.SteepQuintic;
import dev.idem.api.strategy.AnchoredStrategy;
import dev.idem.api.strategy.CanonicalStrategy;
import dev.idem.api.strategy.FrozenTargetStrategy;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.IteratorStrategy;
import dev.idem.api.strategy.LimitedStrategy;

/** The built-in strategies by name. idem-api knows no Guice, so they are bound here. */
final class StrategiesModule extends AbstractModule {

  @Override
  protected void configure() {
    MapBinder<String, IdempotencyStrategy> strategies =
        MapBinder.newMapBinder(binder(), String.class, IdempotencyStrategy.class);
    strategies.addBinding("canonical").toInstance(new CanonicalStrategy());
    strategies.addBinding("frozen-target").toInstance(new FrozenTargetStrategy());
    strategies.addBinding("iterator").toInstance(new IteratorStrategy());
    strategies.addBinding("limited").toInstance(new LimitedStrategy());
    strategies.addBinding("accelerated").toInstance(new LimitedStrategy(SteepQuintic.of(8)));
    strategies.addBinding("anchored").toInstance(new AnchoredStrategy());
  }
}
