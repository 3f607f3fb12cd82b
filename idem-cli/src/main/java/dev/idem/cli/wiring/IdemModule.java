package dev.idem.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.MapBinder;
import dev.idem.api.data.DataSource;
import dev.idem.api.network.Network;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.cli.catalogue.Catalogue;
import dev.idem.cli.command.BenchCommand;
import dev.idem.cli.command.DevicesCommand;
import dev.idem.cli.command.FiguresCommand;
import dev.idem.cli.command.ReproduceCommand;
import dev.idem.cli.command.StrategiesCommand;
import dev.idem.cli.command.data.DataCommand;
import dev.idem.cli.command.data.DataFetchCommand;
import dev.idem.cli.command.data.DataListCommand;
import dev.idem.cli.command.data.DataVerifyCommand;
import dev.idem.cli.command.data.FetchedImages;
import dev.idem.cli.command.evaluation.ClassifierCommand;
import dev.idem.cli.command.evaluation.CompareCommand;
import dev.idem.cli.command.evaluation.EvaluateCommand;
import dev.idem.cli.command.generator.GenerateCommand;
import dev.idem.cli.command.generator.InterpolateCommand;
import dev.idem.cli.command.generator.ProjectCommand;
import dev.idem.cli.command.generator.TrainCommand;
import dev.idem.cli.command.run.ExperimentRuns;
import dev.idem.cli.command.run.ExportCommand;
import dev.idem.cli.command.run.ReproduceRunCommand;
import dev.idem.cli.command.run.RunCommand;
import dev.idem.cli.experiment.Experiments;
import dev.idem.cli.figure.EfficacyFigure;
import dev.idem.cli.figure.OverheadFigure;
import dev.idem.cli.figure.ScalarMapFigure;
import dev.idem.cli.figure.TrajectoryFigure;
import dev.idem.cli.figure.front.FrontFigure;
import dev.idem.cli.figure.generative.AblationFigure;
import dev.idem.cli.figure.generative.GenerativeFigure;
import dev.idem.eval.EvaluationModule;
import dev.idem.eval.figure.Figure;
import dev.idem.models.ModelsModule;
import dev.idem.models.fetch.DataCache;
import dev.idem.models.fetch.DataFetcher;
import dev.idem.models.fetch.DataSets;
import dev.idem.models.fetch.Timeouts;
import dev.idem.tf.TensorFlowModule;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/** The whole command: engine, models, strategies, figures, subcommands. */
public final class IdemModule extends AbstractModule {

  private final Map<String, String> environment;

  /**
   * The command in an environment.
   *
   * @param environment variables by name
   */
  public IdemModule(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    binder().requireAtInjectOnConstructors();
    binder().requireExactBindingAnnotations();
    binder().disableCircularProxies();

    install(new TensorFlowModule());
    install(new ModelsModule());
    install(new EvaluationModule());
    install(new StrategiesModule());

    MapBinder<String, Figure> figures =
        MapBinder.newMapBinder(binder(), String.class, Figure.class);
    figures.addBinding("scalar-map").to(ScalarMapFigure.class);
    figures.addBinding("efficacy").to(EfficacyFigure.class);
    figures.addBinding("trajectory").to(TrajectoryFigure.class);
    figures.addBinding("overhead").to(OverheadFigure.class);
    figures.addBinding("generative").to(GenerativeFigure.class);
    figures.addBinding("generative-ablation").to(AblationFigure.class);
    figures.addBinding("front").to(FrontFigure.class);
    bind(FrontFigure.class);
    bind(GenerativeFigure.class);
    bind(AblationFigure.class);
    bind(ScalarMapFigure.class);
    bind(EfficacyFigure.class);
    bind(TrajectoryFigure.class);
    bind(OverheadFigure.class);

    bind(DataSets.class).toInstance(DataSets.published());
    bind(Timeouts.class).toInstance(Timeouts.usual());
    bind(InstantSource.class).toInstance(InstantSource.system());
    bind(ReproduceCommand.class);
    bind(TrainCommand.class);
    bind(ProjectCommand.class);
    bind(GenerateCommand.class);
    bind(InterpolateCommand.class);
    bind(EvaluateCommand.class);
    bind(CompareCommand.class);
    bind(ClassifierCommand.class);
    bind(Experiments.class);
    bind(ExperimentRuns.class);
    bind(RunCommand.class);
    bind(ReproduceRunCommand.class);
    bind(ExportCommand.class);
    bind(DataCommand.class);
    bind(DataFetchCommand.class);
    bind(DataVerifyCommand.class);
    bind(DataListCommand.class);
    bind(FetchedImages.class);
    bind(FiguresCommand.class);
    bind(StrategiesCommand.class);
    bind(DevicesCommand.class);
    bind(BenchCommand.class);
  }

  @Provides
  @Singleton
  Catalogue<IdempotencyStrategy> strategies(Map<String, Provider<IdempotencyStrategy>> bound) {
    return new Catalogue<>("strategy", bound);
  }

  @Provides
  @Singleton
  Catalogue<Figure> figures(Map<String, Provider<Figure>> bound) {
    return new Catalogue<>("figure", bound);
  }

  @Provides
  @Singleton
  Catalogue<Network> networks(Map<String, Provider<Network>> bound) {
    return new Catalogue<>("network", bound);
  }

  @Provides
  @Singleton
  Catalogue<DataSource> data(Map<String, Provider<DataSource>> bound) {
    return new Catalogue<>("data source", bound);
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
