package dev.idem.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.MapBinder;
import dev.idem.api.data.DataSource;
import dev.idem.api.network.Network;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.Strategies;
import dev.idem.cli.plugin.Kind;
import dev.idem.cli.plugin.Plugins;
import dev.idem.eval.distribution.DistributionMetric;
import dev.idem.eval.evaluation.Measure;
import dev.idem.figures.Figure;
import dev.idem.figures.efficacy.EfficacyFigure;
import dev.idem.figures.front.FrontFigure;
import dev.idem.figures.generative.AblationFigure;
import dev.idem.figures.generative.GenerativeFigure;
import dev.idem.figures.overhead.OverheadFigure;
import dev.idem.figures.scalarmap.ScalarMapFigure;
import dev.idem.figures.trajectory.TrajectoryFigure;
import dev.idem.runs.catalogue.Catalogue;
import dev.idem.runs.experiment.Experiments;
import dev.idem.runs.experiment.ListenerFactory;
import dev.idem.runs.experiment.RunOptions.LogFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What can be named: idem's own, then what plug-ins contribute. */
final class CataloguesModule extends AbstractModule {

  private final List<Path> jars;

  CataloguesModule(List<Path> jars) {
    this.jars = jars;
  }

  @Override
  protected void configure() {
    MapBinder<String, IdempotencyStrategy> strategies =
        MapBinder.newMapBinder(binder(), String.class, IdempotencyStrategy.class);
    Strategies.all().forEach((name, strategy) -> strategies.addBinding(name).toInstance(strategy));

    MapBinder<String, Figure> figures =
        MapBinder.newMapBinder(binder(), String.class, Figure.class);
    figures.addBinding("scalar-map").toInstance(new ScalarMapFigure());
    figures.addBinding("efficacy").toInstance(new EfficacyFigure());
    figures.addBinding("trajectory").toInstance(new TrajectoryFigure());
    figures.addBinding("overhead").toInstance(new OverheadFigure());
    figures.addBinding("generative").toInstance(new GenerativeFigure());
    figures.addBinding("generative-ablation").toInstance(new AblationFigure());
    figures.addBinding("front").toInstance(new FrontFigure());
  }

  @Provides
  @Singleton
  Plugins plugins(
      Map<String, Provider<IdempotencyStrategy>> strategies,
      Map<String, Provider<Network>> networks,
      Map<String, Provider<DataSource>> data,
      Map<String, Provider<Figure>> figures) {
    return Plugins.load(
        jars,
        Map.of(
            Kind.STRATEGY, strategies.keySet(),
            Kind.NETWORK, networks.keySet(),
            Kind.DATA, data.keySet(),
            Kind.FIGURE, figures.keySet(),
            Kind.METRIC, Measure.labels(),
            Kind.LISTENER, Stream.of(LogFile.values()).map(LogFile::label).toList()));
  }

  @Provides
  @Singleton
  Catalogue<IdempotencyStrategy> strategies(
      Map<String, Provider<IdempotencyStrategy>> own, Plugins plugins) {
    return catalogue(Kind.STRATEGY, own, plugins);
  }

  @Provides
  @Singleton
  Catalogue<Network> networks(Map<String, Provider<Network>> own, Plugins plugins) {
    return catalogue(Kind.NETWORK, own, plugins);
  }

  @Provides
  @Singleton
  Catalogue<DataSource> data(Map<String, Provider<DataSource>> own, Plugins plugins) {
    return catalogue(Kind.DATA, own, plugins);
  }

  @Provides
  @Singleton
  Catalogue<Figure> figures(Map<String, Provider<Figure>> own, Plugins plugins) {
    return catalogue(Kind.FIGURE, own, plugins);
  }

  /** Beside idem's, which {@link Measure} lists. */
  @Provides
  @Singleton
  Catalogue<DistributionMetric> metrics(Plugins plugins) {
    return catalogue(Kind.METRIC, Map.of(), plugins);
  }

  /** Beside idem's, which {@link LogFile} lists. */
  @Provides
  @Singleton
  Catalogue<ListenerFactory> listeners(Plugins plugins) {
    return catalogue(Kind.LISTENER, Map.of(), plugins);
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

  private static <V> Catalogue<V> catalogue(
      Kind<V> kind, Map<String, Provider<V>> own, Plugins plugins) {
    Map<String, Supplier<V>> suppliers = new LinkedHashMap<>();
    own.forEach((name, provider) -> suppliers.put(name, provider::get));
    return new Catalogue<>(kind.label(), suppliers, plugins.entries(kind));
  }
}
