package dev.idem.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.idem.api.training.EngineFactory;
import dev.idem.models.ModelsModule;
import dev.idem.models.fetch.DataCache;
import dev.idem.models.fetch.DataFetcher;
import dev.idem.models.fetch.DataFetcher.Timeouts;
import dev.idem.models.fetch.DataSets;
import dev.idem.tf.engine.TensorFlowEngine;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The whole command: engine, models, strategies, figures, plug-ins, subcommands. */
public final class IdemModule extends AbstractModule {

  private final Map<String, String> environment;
  private final List<Path> plugins;

  /** The command in an environment, with the plug-ins of the class path alone. */
  public IdemModule(Map<String, String> environment) {
    this(environment, List.of());
  }

  /**
   * The command in an environment.
   *
   * @param environment variables by name
   * @param plugins jars that add to what can be named
   */
  public IdemModule(Map<String, String> environment, List<Path> plugins) {
    this.environment = Map.copyOf(environment);
    this.plugins = List.copyOf(plugins);
  }

  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    binder().requireAtInjectOnConstructors();
    binder().requireExactBindingAnnotations();
    binder().disableCircularProxies();

    install(new ModelsModule());
    install(new CataloguesModule(plugins));
    install(new CommandsModule());

    bind(EngineFactory.class).toInstance(TensorFlowEngine::new);
    bind(DataSets.class).toInstance(DataSets.published());
    bind(Timeouts.class).toInstance(Timeouts.usual());
    bind(InstantSource.class).toInstance(InstantSource.system());
  }

  @Provides
  @Singleton
  DataCache cache() {
    return DataCache.of(environment, Path.of(System.getProperty("user.home")));
  }

  @Provides
  @Singleton
  DataFetcher fetcher(DataCache cache, Timeouts timeouts) {
    return new DataFetcher(cache, timeouts);
  }
}
