package com.example.strategy;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.MapBinder;
import dev.idem.api.strategy.IdempotencyStrategy;

public final class AbsolutePlugin extends AbstractModule {
  @Override
  protected void configure() {
    MapBinder.newMapBinder(binder(), String.class, IdempotencyStrategy.class)
        .addBinding("absolute")
        .toInstance(new AbsoluteStrategy(1));
  }
}
