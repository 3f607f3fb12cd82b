package dev.idem.cli.command;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.api.training.EngineOptions.Precision;
import dev.idem.api.training.TrainingEngine.EngineFactory;
import dev.idem.eval.Progress;
import dev.idem.figures.Figure;
import dev.idem.figures.FigureContext;
import dev.idem.figures.FigureContext.GradientScale;
import dev.idem.figures.FigureContext.Preset;
import dev.idem.figures.FigureResult;
import dev.idem.figures.RunPool;
import dev.idem.runs.catalogue.Catalogue;
import dev.idem.runs.sweep.SweepRunner;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A figure of {@code idem reproduce}, in a form that travels to other machines, which draw it as
 * far as their part of its runs.
 *
 * @param figure its name
 * @param preset its label
 * @param seed of every random draw
 * @param gradientScale its label
 * @param device as {@code --device} takes it
 * @param precision as {@code --precision} takes it
 * @param xla whether to compile
 * @param version of idem
 */
public record FigureJob(
    String figure,
    String preset,
    long seed,
    String gradientScale,
    String device,
    String precision,
    boolean xla,
    String version)
    implements Serializable {

  /** Opens pools for figures; a service, found by {@link java.util.ServiceLoader}. */
  public interface PoolFactory {

    /** The name that {@code idem reproduce --runner} takes. */
    String name();

    /**
     * A pool that computes the runs of a figure.
     *
     * @throws IllegalArgumentException if an option cannot be used
     * @throws IOException if what it needs cannot be reached
     */
    RunPool open(FigureJob job, SweepRunner.Options options) throws IOException;
  }

  /** What draws figures in this process, with the plug-ins of these jars. */
  public static Injector injector(Map<String, String> environment, List<Path> jars) {
    return Guice.createInjector(new IdemModule(environment, jars));
  }

  /** Draws the figure with one thread, its runs computed by {@code pool}. */
  public FigureResult draw(Injector injector, RunPool pool) throws InterruptedException {
    Catalogue<Figure> figures = injector.getInstance(Key.get(new TypeLiteral<>() {}));
    Catalogue<IdempotencyStrategy> strategies =
        injector.getInstance(Key.get(new TypeLiteral<>() {}));
    EngineOptions options =
        new EngineOptions(Device.parse(device), 1, Precision.parse(precision), xla);
    FigureContext context =
        new FigureContext(
            Preset.labelled(preset).orElseThrow(),
            seed,
            1,
            injector.getInstance(EngineFactory.class).create(options),
            Progress.NONE,
            ReproduceCommand.contributed(strategies),
            GradientScale.labelled(gradientScale).orElseThrow(),
            pool);
    return figures.get(figure).draw(context);
  }
}
