package dev.idem.tf;

import com.google.inject.AbstractModule;
import dev.idem.api.training.EngineFactory;
import dev.idem.tf.engine.TensorFlowEngine;

/** Binds the {@link EngineFactory}; without Guice call {@link TensorFlowEngine}'s constructor. */
public final class TensorFlowModule extends AbstractModule {

  @Override
  protected void configure() {
    bind(EngineFactory.class).toInstance(TensorFlowEngine::new);
  }
}
