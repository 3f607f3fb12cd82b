package dev.idem.cli.command;

import com.google.inject.AbstractModule;
import com.google.inject.Key;
import com.google.inject.Provider;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.util.Types;
import dev.idem.api.data.DataSource;
import dev.idem.api.network.Network;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.Strategies;
import dev.idem.api.training.TrainingEngine.EngineFactory;
import dev.idem.cli.environment.Environment;
import dev.idem.cli.plugin.Kind;
import dev.idem.cli.plugin.Plugins;
import dev.idem.eval.evaluation.Measure;
import dev.idem.figures.Figure;
import dev.idem.figures.efficacy.EfficacyFigure;
import dev.idem.figures.front.FrontFigure;
import dev.idem.figures.generative.AblationFigure;
import dev.idem.figures.generative.GenerativeFigure;
import dev.idem.figures.overhead.OverheadFigure;
import dev.idem.figures.scalarmap.ScalarMapFigure;
import dev.idem.figures.trajectory.TrajectoryFigure;
import dev.idem.generative.image.Fonts;
import dev.idem.models.data.DataSources;
import dev.idem.models.fetch.DataCache;
import dev.idem.models.fetch.DataFetcher;
import dev.idem.models.fetch.DataFetcher.Timeouts;
import dev.idem.models.fetch.DataSets;
import dev.idem.models.network.Networks;
import dev.idem.runs.catalogue.Catalogue;
import dev.idem.runs.experiment.Experiments;
import dev.idem.runs.experiment.ListenerFactory;
import dev.idem.runs.experiment.RunOptions.LogFile;
import dev.idem.runs.sweep.SweepWorker;
import dev.idem.tf.engine.TensorFlowEngine;
import dev.idem.uses.UseFigure;
import dev.idem.uses.Uses;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The composition root: engine, data, subcommands, and what idem and plug-ins name. */
public final class IdemModule extends AbstractModule {

  private final Map<String, String> environment;
  private final List<Path> jars;
  private final Map<String, Figure> figures = new LinkedHashMap<>();

  /**
   * The command in an environment.
   *
   * @param environment variables by name
   * @param jars plug-ins, beside those of the class path
   */
  public IdemModule(Map<String, String> environment, List<Path> jars) {
    this.environment = Map.copyOf(environment);
    this.jars = List.copyOf(jars);
    figures.put("scalar-map", new ScalarMapFigure());
    figures.put("efficacy", new EfficacyFigure());
    figures.put("trajectory", new TrajectoryFigure());
    figures.put("overhead", new OverheadFigure());
    figures.put("generative", new GenerativeFigure());
    figures.put("generative-ablation", new AblationFigure());
    figures.put("front", new FrontFigure());
    Uses.names().forEach(name -> figures.put(name, new UseFigure(() -> Uses.named(name))));
  }

  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    binder().requireAtInjectOnConstructors();
    binder().requireExactBindingAnnotations();
    binder().disableCircularProxies();

    catalogue(Kind.STRATEGY, Catalogue.suppliers(Strategies.all()));
    catalogue(Kind.NETWORK, Catalogue.suppliers(Networks.all()));
    catalogue(Kind.DATA, DataSources.all());
    catalogue(Kind.FIGURE, Catalogue.suppliers(figures));
    // Beside idem's, which Measure and LogFile list.
    catalogue(Kind.METRIC, Map.of());
    catalogue(Kind.LISTENER, Map.of());

    IdemCommand.subcommands().forEach(this::bind);
    bind(RunCommand.Runs.class);
    bind(RunPlugins.class);
    bind(ImageData.Sources.class);
    bind(EngineFactory.class).toInstance(TensorFlowEngine::new);
    bind(Fonts.class).toInstance(Fonts.ofThisMachine());
    bind(DataSets.class).toInstance(DataSets.published());
    bind(InstantSource.class).toInstance(InstantSource.system());
  }

  @Provides
  @Singleton
  DataCache cache() {
    return DataCache.of(environment, Path.of(System.getProperty("user.home")));
  }

  @Provides
  @Singleton
  DataFetcher fetcher(DataCache cache) {
    return new DataFetcher(cache, Timeouts.usual());
  }

  @Provides
  @Singleton
  Plugins plugins() {
    return new Plugins(
        jars,
        Map.of(
            Kind.STRATEGY, Strategies.all().keySet(),
            Kind.NETWORK, Networks.all().keySet(),
            Kind.DATA, DataSources.all().keySet(),
            Kind.FIGURE, figures.keySet(),
            Kind.METRIC, Measure.labels(),
            Kind.LISTENER, Stream.of(LogFile.values()).map(LogFile::label).toList()));
  }

  @Provides
  @Singleton
  Experiments experiments(
      Catalogue<IdempotencyStrategy> strategies,
      Catalogue<Network> networks,
      Catalogue<DataSource> sources,
      Catalogue<ListenerFactory> listeners) {
    return new Experiments(strategies, networks, sources, listeners);
  }

  @Provides
  SweepWorker sweepWorker(
      Experiments experiments,
      EngineFactory engines,
      ImageData.Sources images,
      RunPlugins plugins,
      Fonts fonts,
      InstantSource clock) {
    return new SweepWorker(
        experiments,
        engines,
        generator -> images.open(generator.data(), generator.imageShape()),
        new RecordingHost(plugins, fonts, clock),
        Environment.version());
  }

  /** Binds the {@code Catalogue<V>} of what idem has of a kind itself, and what plug-ins have. */
  @SuppressWarnings("unchecked") // the key has that type
  private <V> void catalogue(Kind<V> kind, Map<String, Supplier<V>> own) {
    Key<?> key = Key.get(Types.newParameterizedType(Catalogue.class, kind.type()));
    Provider<Plugins> plugins = getProvider(Plugins.class);
    bind((Key<Catalogue<V>>) key)
        .toProvider(() -> new Catalogue<>(kind.label(), own, plugins.get().entries(kind)))
        .in(Singleton.class);
  }
}
