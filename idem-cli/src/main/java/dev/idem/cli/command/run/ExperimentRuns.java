package dev.idem.cli.command.run;

import dev.idem.api.training.TrainingEngine;
import dev.idem.cli.command.data.FetchedImages;
import dev.idem.cli.command.data.ImageData;
import dev.idem.cli.console.ConsoleProgress;
import dev.idem.cli.environment.Environment;
import dev.idem.cli.experiment.Experiment;
import dev.idem.cli.experiment.Subject;
import dev.idem.cli.plugin.PluginRecord;
import dev.idem.cli.plugin.UsedPlugins;
import dev.idem.cli.run.PreparedRun;
import dev.idem.cli.run.PreparedRuns;
import dev.idem.cli.run.RunFolder;
import dev.idem.cli.run.RunSession;
import dev.idem.eval.Progress;
import dev.idem.tf.device.Device;
import dev.idem.tf.device.SessionOptions;
import dev.idem.tf.engine.EngineFactory;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Runs experiments of one seed, each in its own folder. */
public final class ExperimentRuns {

  private final EngineFactory engines;
  private final FetchedImages fetched;
  private final InstantSource clock;
  private final RunPlugins plugins;

  @Inject
  ExperimentRuns(
      EngineFactory engines, FetchedImages fetched, InstantSource clock, RunPlugins plugins) {
    this.engines = engines;
    this.fetched = fetched;
    this.clock = clock;
    this.plugins = plugins;
  }

  /**
   * Runs an experiment to its end.
   *
   * @param experiment of one seed
   * @param resume whether to continue from a checkpoint
   * @param quiet whether to show no progress
   * @throws ParameterException if the device, the data or the folder cannot be used
   */
  void run(Experiment experiment, RunFolder folder, boolean resume, boolean quiet, CommandSpec spec)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    ConsoleProgress progress = ConsoleProgress.on(out);
    Consumer<String> console = progress::say;
    TrainingEngine engine = engine(experiment, spec);
    Map<String, String> environment = new LinkedHashMap<>(Environment.of(engine));
    environment.put("created", clock.instant().toString());
    environment.put(
        "command", "idem " + String.join(" ", spec.commandLine().getParseResult().originalArgs()));
    PreparedRuns prepared = new PreparedRuns(experiment, environment, console);
    RunSession session =
        new RunSession(folder, engine, clock, quiet ? Progress.NONE : progress, console);
    long seed = experiment.seeds().get(0);
    if (experiment.subject() instanceof Subject.Generator generator) {
      try (ImageData images = images(generator, resume, spec)) {
        PreparedRun run =
            prepared.of(generator, images.source(), images.name(), images.heldOutSize(), seed);
        for (RunFolder sibling : folder.siblings()) {
          run.requireDataOf(sibling);
        }
        if (!resume && !images.isWhole()) {
          folder.make();
          folder.write(ImageData.SKIPPED, images.unused());
          console.accept(
              "%s, listed in %s".formatted(images.unusedCount(), folder.file(ImageData.SKIPPED)));
        }
        tell(run, experiment, quiet, console);
        run(session, run, experiment, environment, resume);
      }
    } else {
      Subject.SelfMap map = (Subject.SelfMap) experiment.subject();
      PreparedRun run = prepared(map, seed, prepared, experiment);
      tell(run, experiment, quiet, console);
      run(session, run, experiment, environment, resume);
    }
  }

  private ImageData images(Subject.Generator generator, boolean resume, CommandSpec spec)
      throws IOException {
    try {
      return ImageData.open(generator.data(), generator.imageShape(), fetched, spec);
    } catch (IOException e) {
      throw resume
          ? new IOException(
              "%s; if the run's data were moved, name their new location with --data"
                  .formatted(e.getMessage()),
              e)
          : e;
    }
  }

  private PreparedRun prepared(
      Subject.SelfMap map, long seed, PreparedRuns runs, Experiment experiment) {
    try {
      return runs.of(map, seed);
    } catch (RuntimeException e) {
      throw plugins.told(e, experiment);
    }
  }

  /** The message on a plug-in that a folder's run was started with and that is missing now. */
  Optional<String> missingPlugin(RunFolder folder) throws IOException {
    return plugins.missing(folder);
  }

  private static void tell(
      PreparedRun run, Experiment experiment, boolean quiet, Consumer<String> console) {
    if (!quiet) {
      RunSummary.of(experiment.subject(), run.task()).forEach(console);
    }
  }

  private void run(
      RunSession session,
      PreparedRun run,
      Experiment experiment,
      Map<String, String> environment,
      boolean resume)
      throws IOException {
    Map<String, Object> provenance = new LinkedHashMap<>(environment);
    provenance.put(RunSession.FINGERPRINT, run.fingerprint());
    provenance.put("network", run.task().network().description());
    provenance.put("parameters", run.task().network().parameterCount());
    provenance.put("seed", run.task().plan().seed());
    provenance.put("threads", experiment.engine().threads());
    provenance.put("precision", experiment.engine().precision().toString());
    provenance.put("xla", experiment.engine().xla());
    provenance.put(RunSession.SETTINGS, run.settings());
    provenance.put(RunSession.DATA, run.data());
    UsedPlugins used = plugins.of(experiment);
    if (!used.isEmpty()) {
      provenance.put(PluginRecord.KEY, used.records());
    }
    try {
      session.run(run, provenance, resume);
    } catch (RuntimeException e) {
      throw plugins.told(e, experiment);
    }
  }

  private TrainingEngine engine(Experiment experiment, CommandSpec spec) {
    try {
      return engines.create(
          new SessionOptions(
              Device.parse(experiment.engine().device()),
              experiment.engine().threads(),
              experiment.engine().precision(),
              experiment.engine().xla()));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
