package dev.idem.cli.command.run;

import dev.idem.api.network.Network;
import dev.idem.api.network.NetworkState;
import dev.idem.api.training.EngineFactory;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.TrainingEngine;
import dev.idem.cli.command.data.FetchedImages;
import dev.idem.cli.command.data.ImageData;
import dev.idem.cli.console.ConsoleProgress;
import dev.idem.cli.environment.Environment;
import dev.idem.cli.plugin.FailureText;
import dev.idem.cli.plugin.UsedPlugins;
import dev.idem.eval.Progress;
import dev.idem.runs.Run;
import dev.idem.runs.RunFolder;
import dev.idem.runs.RunHost;
import dev.idem.runs.experiment.Experiment;
import dev.idem.runs.experiment.Experiments;
import dev.idem.runs.experiment.Subject;
import dev.idem.tf.engine.SavedModelExport;
import jakarta.inject.Inject;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Runs of a command: on the console, with its data and plug-ins, stopped by signals. */
public final class ExperimentRuns {

  private final Experiments experiments;
  private final EngineFactory engines;
  private final FetchedImages fetched;
  private final InstantSource clock;
  private final RunPlugins plugins;

  @Inject
  ExperimentRuns(
      Experiments experiments,
      EngineFactory engines,
      FetchedImages fetched,
      InstantSource clock,
      RunPlugins plugins) {
    this.experiments = experiments;
    this.engines = engines;
    this.fetched = fetched;
    this.clock = clock;
    this.plugins = plugins;
  }

  /**
   * Runs an experiment to its end.
   *
   * @param experiment of one seed
   * @param quiet whether to show no progress
   * @throws ParameterException if the device, the data or the folder cannot be used
   */
  void begin(Experiment experiment, RunFolder folder, boolean quiet, CommandSpec spec)
      throws IOException {
    train(experiment, new Host(spec, quiet), host -> Run.begin(experiment, folder, host));
  }

  /**
   * Continues the run of a folder to its end.
   *
   * @param data new location of its images; null if unchanged
   * @param quiet whether to show no progress
   * @throws ParameterException if the device, the data or the folder cannot be used
   */
  void resume(RunFolder folder, @Nullable String data, boolean quiet, CommandSpec spec)
      throws IOException {
    Optional<String> missing = plugins.missing(folder);
    if (missing.isPresent()) {
      throw new ParameterException(spec.commandLine(), missing.get());
    }
    Experiment experiment = experiments.read(folder.file(RunFolder.EXPERIMENT), List.of());
    Experiment located = data == null ? experiment : at(data, experiment, spec);
    train(located, new Host(spec, quiet), host -> Run.resume(located, folder, host));
  }

  private static Experiment at(String data, Experiment experiment, CommandSpec spec) {
    try {
      return experiment.withDataAt(data);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /** Opens a run. */
  @FunctionalInterface
  private interface Opening {
    Run open(RunHost host) throws IOException;
  }

  private void train(Experiment experiment, Host host, Opening opening) throws IOException {
    try (Run run = opening.open(host)) {
      if (!host.quiet) {
        RunSummary.of(experiment.subject(), run.task()).forEach(host::report);
      }
      try (StopSignals signals = StopSignals.install(host::report, clock)) {
        run.train(signals.request());
      }
    } catch (ParameterException e) {
      throw e;
    } catch (RuntimeException e) {
      throw plugins.told(e, experiment);
    }
  }

  /** The command that runs belong to. */
  private final class Host implements RunHost {

    private final CommandSpec spec;
    private final boolean quiet;
    private final ConsoleProgress progress;

    Host(CommandSpec spec, boolean quiet) {
      this.spec = spec;
      this.quiet = quiet;
      this.progress = ConsoleProgress.on(spec.commandLine().getOut());
    }

    @Override
    public TrainingEngine engine(EngineOptions options) {
      try {
        return engines.create(options);
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
      }
    }

    @Override
    public Images images(Subject.Generator generator) throws IOException {
      return ImageData.open(generator.data(), generator.imageShape(), fetched, spec);
    }

    @Override
    public void export(Network network, NetworkState state, Path folder) throws IOException {
      SavedModelExport.write(network, state, folder);
    }

    @Override
    public Map<String, String> environment(TrainingEngine engine) {
      Map<String, String> environment = new LinkedHashMap<>(Environment.of(engine));
      environment.put("created", clock.instant().toString());
      environment.put(
          "command",
          "idem " + String.join(" ", spec.commandLine().getParseResult().originalArgs()));
      return environment;
    }

    @Override
    public Map<String, ?> plugins(Experiment experiment) {
      UsedPlugins used = plugins.of(experiment);
      return used.isEmpty() ? Map.of() : Map.of(UsedPlugins.Recorded.KEY, used.records());
    }

    @Override
    public String describe(Throwable failure) {
      return FailureText.describe(failure);
    }

    @Override
    public void report(String line) {
      progress.say(line);
    }

    @Override
    public Progress progress() {
      return quiet ? Progress.NONE : progress;
    }

    @Override
    public Closeable log(Path file) {
      return RunLog.open(file);
    }

    @Override
    public InstantSource clock() {
      return clock;
    }
  }
}
