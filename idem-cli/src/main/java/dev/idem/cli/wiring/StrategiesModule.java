package dev.idem.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.MapBinder;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.Strategies;

/** Binds {@link Strategies} by name; idem-api knows no Guice. */
final class StrategiesModule extends AbstractModule {

  @Override
  protected void configure() {
    MapBinder<String, IdempotencyStrategy> strategies =
        MapBinder.newMapBinder(binder(), String.class, IdempotencyStrategy.class);
    Strategies.all().forEach((name, strategy) -> strategies.addBinding(name).toInstance(strategy));
  }
}
