package dev.idem.models;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.MapBinder;
import dev.idem.api.data.DataSource;
import dev.idem.api.network.Network;
import dev.idem.models.data.DataSources;
import dev.idem.models.network.Networks;

/** Binds {@link Networks} and {@link DataSources} by name; without Guice use them directly. */
public final class ModelsModule extends AbstractModule {

  @Override
  protected void configure() {
    MapBinder<String, Network> networks =
        MapBinder.newMapBinder(binder(), String.class, Network.class);
    Networks.all().forEach((name, network) -> networks.addBinding(name).toInstance(network));

    MapBinder<String, DataSource> data =
        MapBinder.newMapBinder(binder(), String.class, DataSource.class);
    DataSources.all().forEach((name, source) -> data.addBinding(name).toProvider(source::get));
  }
}
