package dev.idem.models;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.MapBinder;
import dev.idem.api.data.DataSource;
import dev.idem.api.network.Network;
import dev.idem.models.data.Gaussian;
import dev.idem.models.data.Mnist;
import dev.idem.models.network.Networks;

/** Binds {@link Networks} and the data sources by name; without Guice use them directly. */
public final class ModelsModule extends AbstractModule {

  @Override
  protected void configure() {
    MapBinder<String, Network> networks =
        MapBinder.newMapBinder(binder(), String.class, Network.class);
    Networks.all().forEach((name, network) -> networks.addBinding(name).toInstance(network));

    MapBinder<String, DataSource> data =
        MapBinder.newMapBinder(binder(), String.class, DataSource.class);
    data.addBinding("normal-16").toInstance(new Gaussian(16));
    data.addBinding("normal-64").toInstance(new Gaussian(64));
    data.addBinding("mnist").toProvider(Mnist::embedded).in(Singleton.class);
  }
}
