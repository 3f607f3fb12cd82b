package dev.idem.cli.command;

import dev.idem.api.network.Network;
import dev.idem.api.network.NetworkState;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import dev.idem.cli.console.ConsoleProgress;
import dev.idem.cli.environment.Environment;
import dev.idem.cli.environment.Failures;
import dev.idem.eval.Progress;
import dev.idem.generative.image.Fonts;
import dev.idem.generative.recipe.GenerativeObjective;
import dev.idem.runs.RunHost;
import dev.idem.runs.experiment.Experiment;
import dev.idem.runs.experiment.Subject;
import dev.idem.tf.engine.SavedModelExport;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What a command's runs report on its console, and record of it. */
final class RunConsole implements RunHost {

  private final Subcommand command;
  private final boolean quiet;
  private final RunPlugins plugins;
  private final Fonts fonts;
  private final InstantSource clock;
  private final ConsoleProgress progress;

  /** The console of a command; if {@code quiet}, without progress. */
  RunConsole(
      Subcommand command, boolean quiet, RunPlugins plugins, Fonts fonts, InstantSource clock) {
    this.command = command;
    this.quiet = quiet;
    this.plugins = plugins;
    this.fonts = fonts;
    this.clock = clock;
    this.progress = ConsoleProgress.on(command.out());
  }

  /** Says what is trained, unless quiet. */
  void describe(Subject subject, TrainingTask task) {
    if (quiet) {
      return;
    }
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

  @Override
  public void export(Network network, NetworkState state, Path folder) throws IOException {
    SavedModelExport.write(network, state, folder);
  }

  @Override
  public Fonts fonts() {
    return fonts;
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
    return plugins.used(experiment);
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
