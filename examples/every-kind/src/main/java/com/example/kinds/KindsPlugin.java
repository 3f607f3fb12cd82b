package com.example.kinds;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.MapBinder;
import dev.idem.api.data.DataSource;
import dev.idem.api.network.Network;
import dev.idem.eval.distribution.DistributionMetric;
import dev.idem.figures.Figure;
import dev.idem.runs.experiment.ListenerFactory;

public final class KindsPlugin extends AbstractModule {
  @Override
  protected void configure() {
    add(Network.class, "residual", new ResidualNetwork(16));
    add(DataSource.class, "uniform", new UniformSource(16));
    add(DistributionMetric.class, "mean-distance", new MeanDistance());
    add(Figure.class, "convergence", new ConvergenceFigure());
    add(ListenerFactory.class, "last-gradient", LastGradient::new);
  }

  private <V> void add(Class<V> kind, String name, V contribution) {
    MapBinder.newMapBinder(binder(), String.class, kind).addBinding(name).toInstance(contribution);
  }
}
