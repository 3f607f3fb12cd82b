package dev.idem.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.idem.api.network.Network;
import dev.idem.api.network.NetworkState;
import dev.idem.api.training.DivergenceException;
import dev.idem.api.training.EngineFactory;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingObjective.StrategyException;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import dev.idem.cli.console.ConsoleProgress;
import dev.idem.cli.environment.Environment;
import dev.idem.cli.environment.Failures;
import dev.idem.cli.plugin.Kind;
import dev.idem.cli.plugin.PluginJar;
import dev.idem.cli.plugin.Plugins;
import dev.idem.cli.plugin.Plugins.Part;
import dev.idem.cli.plugin.UsedPlugin;
import dev.idem.eval.Progress;
import dev.idem.generative.recipe.GenerativeObjective;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs of a command: on its console, with its data and plug-ins, stopped by signals. A run's
 * provenance records its plug-ins, which are required again to resume or reproduce it.
 */
final class ExperimentRuns {

  private final Experiments experiments;
  private final EngineFactory engines;
  private final ImageData.Sources images;
  private final InstantSource clock;
  private final Plugins plugins;

  @Inject
  ExperimentRuns(
      Experiments experiments,
      EngineFactory engines,
      ImageData.Sources images,
      InstantSource clock,
      Plugins plugins) {
    this.experiments = experiments;
    this.engines = engines;
    this.images = images;
    this.clock = clock;
    this.plugins = plugins;
  }

  /** Runs an experiment of one seed to its end; if {@code quiet}, without showing progress. */
  void begin(Experiment experiment, RunFolder folder, Subcommand command, boolean quiet)
      throws IOException {
    Host host = new Host(command, quiet);
    train(experiment, host, () -> Run.begin(experiment, folder, host));
  }

  /**
   * Continues the run of a folder to its end.
   *
   * @param moved new location of its images; null if unchanged
   */
  void resume(RunFolder folder, @Nullable String moved, Subcommand command, boolean quiet)
      throws IOException {
    requirePlugins(folder);
    Experiment experiment = experiments.read(folder.file(RunFolder.EXPERIMENT), List.of());
    Experiment located =
        moved == null ? experiment : Subcommand.accepted(() -> experiment.withDataAt(moved));
    Host host = new Host(command, quiet);
    train(located, host, () -> Run.resume(located, folder, host));
  }

  private void train(Experiment experiment, Host host, Subcommand.Asked<Run, IOException> opening)
      throws IOException {
    try (Run run = opening.get()) {
      if (!host.quiet) {
        describe(experiment.subject(), run.task(), host.command);
      }
      try (StopSignals signals = StopSignals.install(host::report, clock)) {
        run.train(signals.request());
      }
    } catch (RuntimeException e) {
      throw attributed(e, experiment);
    }
  }

  /** Says what is trained. */
  private static void describe(Subject subject, TrainingTask task, Subcommand command) {
    new TreeMap<>(task.inputs())
        .forEach(
            (input, source) ->
                command.print(
                    "%-10s %s",
                    input.equals(GenerativeObjective.NOISE) ? "noise" : "data",
                    source.description()));
    Network network = task.network();
    command.print("network    %s, %,d parameters", network.description(), network.parameterCount());
    command.print(
        "objective  %s",
        subject instanceof Subject.Generator generator
            ? generator.objective().description()
            : ((Subject.SelfMap) subject).strategy());
    TrainingPlan plan = task.plan();
    command.print(
        "plan       %s step%s of %s, rate %s, %s, seed %s",
        plan.steps(),
        plan.steps() == 1 ? "" : "s",
        plan.batchSize(),
        plan.learningRate(),
        plan.optimizer(),
        plan.seed());
  }

  /** Refuses a run whose plug-ins are not loaded, naming them. */
  void requirePlugins(RunFolder run) throws IOException {
    if (!Files.exists(run.file(RunFolder.PROVENANCE))) {
      return;
    }
    JsonNode provenance;
    try {
      provenance = new JsonMapper().readTree(run.read(RunFolder.PROVENANCE));
    } catch (JsonProcessingException e) {
      // The run itself reports a changed provenance.
      return;
    }
    List<String> missing =
        UsedPlugin.of(provenance).stream()
            .flatMap(record -> record.missing(plugins.jars()).stream())
            .toList();
    if (!missing.isEmpty()) {
      throw Subcommand.usage("run folder (%s): %s", run.path(), String.join("; ", missing));
    }
  }

  /** The parts of a map's experiment that plug-ins may have contributed, besides listeners. */
  private static List<Part> parts(Experiment experiment) {
    List<Part> parts = new ArrayList<>();
    if (experiment.subject() instanceof Subject.SelfMap map) {
      parts.add(new Part(Kind.STRATEGY, map.strategy()));
      experiment
          .settings()
          .value("network.name")
          .ifPresent(name -> parts.add(new Part(Kind.NETWORK, name.toString())));
      parts.add(new Part(Kind.DATA, map.data()));
    }
    return parts;
  }

  /** The failure of a run, attributed to the plug-in that caused it, if one did. */
  private RuntimeException attributed(RuntimeException failure, Experiment experiment) {
    String message = String.valueOf(failure.getMessage());
    boolean ofStrategy =
        failure instanceof StrategyException || failure instanceof DivergenceException;
    for (Part part : parts(experiment)) {
      String kind = part.kind().label();
      boolean guilty =
          part.kind().equals(Kind.STRATEGY) ? ofStrategy : message.startsWith(kind + " (");
      Optional<PluginJar> origin = plugins.origin(part.kind(), part.name());
      if (guilty && origin.isPresent()) {
        String why = why(failure).replaceAll("\\s+", " ");
        return new IllegalStateException(
            "%s '%s' of %s: %s".formatted(kind, part.name(), origin.get().label(), why), failure);
      }
    }
    return failure;
  }

  /** A lower learning rate does not help if a term is not finite from the first step on. */
  private static String why(RuntimeException failure) {
    return failure instanceof DivergenceException diverged
            && diverged.lastFinite() == null
            && diverged.tensor().startsWith("term ")
        ? "%s is not finite from the first step on; keep quotients and roots away from 0"
            .formatted(diverged.tensor())
        : String.valueOf(failure.getMessage());
  }

  /** The command that runs belong to. */
  private final class Host implements RunHost {

    private final Subcommand command;
    private final boolean quiet;
    private final ConsoleProgress progress;

    Host(Subcommand command, boolean quiet) {
      this.command = command;
      this.quiet = quiet;
      this.progress = ConsoleProgress.on(command.out());
    }

    @Override
    public TrainingEngine engine(EngineOptions options) {
      return Subcommand.accepted(() -> engines.create(options));
    }

    @Override
    public Images images(Subject.Generator generator) throws IOException {
      return images.open(generator.data(), generator.imageShape());
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
          "command", "idem " + String.join(" ", command.line().getParseResult().originalArgs()));
      return environment;
    }

    @Override
    public Map<String, ?> plugins(Experiment experiment) {
      List<Part> parts = parts(experiment);
      experiment
          .contributed()
          .forEach(listener -> parts.add(new Part(Kind.LISTENER, listener.name())));
      List<UsedPlugin> used = plugins.used(parts);
      return used.isEmpty() ? Map.of() : Map.of(UsedPlugin.KEY, used);
    }

    @Override
    public String describe(Throwable failure) {
      return Failures.describe(failure);
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
