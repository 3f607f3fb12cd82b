package dev.idem.models;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.MapBinder;
import dev.idem.api.algebra.Shape;
import dev.idem.api.data.DataSource;
import dev.idem.api.network.Network;
import dev.idem.models.data.Gaussian;
import dev.idem.models.data.Mnist;
import dev.idem.models.initializer.Initializers;
import dev.idem.models.network.ConvAutoencoder;
import dev.idem.models.network.LinearMap;
import dev.idem.models.network.Mlp;

/** Binds the ready-made networks and data sources by name; without Guice build them directly. */
public final class ModelsModule extends AbstractModule {

  @Override
  protected void configure() {
    MapBinder<String, Network> networks =
        MapBinder.newMapBinder(binder(), String.class, Network.class);
    networks.addBinding("linear-16").toInstance(new LinearMap(16));
    networks.addBinding("linear-64").toInstance(new LinearMap(64));
    networks
        .addBinding("linear-16-near")
        .toInstance(new LinearMap(16, Initializers.nearIdempotent(8, 0.5)));
    networks.addBinding("mlp").toInstance(Mlp.of(16, 64, 64, 16));
    networks.addBinding("deep-mlp").toInstance(Mlp.of(16, 64, 64, 64, 64, 64, 64, 16));
    networks.addBinding("cnn").toProvider(() -> ConvAutoencoder.small(Shape.of(28, 28, 1)));
    MapBinder<String, DataSource> data =
        MapBinder.newMapBinder(binder(), String.class, DataSource.class);
    data.addBinding("normal-16").toInstance(new Gaussian(16));
    data.addBinding("normal-64").toInstance(new Gaussian(64));
    data.addBinding("mnist").toProvider(Mnist::embedded);
  }
}
