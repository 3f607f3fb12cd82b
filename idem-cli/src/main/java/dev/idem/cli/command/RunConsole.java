package dev.idem.cli.command;

import dev.idem.api.network.Network;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingTask;
import dev.idem.cli.console.ConsoleProgress;
import dev.idem.eval.Progress;
import dev.idem.generative.image.Fonts;
import dev.idem.generative.recipe.GenerativeObjective;
import dev.idem.runs.RunHost;
import dev.idem.runs.experiment.Experiment.Subject;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a command's runs report on its console, and record of it. */
final class RunConsole extends RecordingHost {

  private final Subcommand command;
  private final boolean quiet;
  private final ConsoleProgress progress;

  /** The console of a command; if {@code quiet}, without progress. */
  RunConsole(
      Subcommand command, boolean quiet, RunPlugins plugins, Fonts fonts, InstantSource clock) {
    super(plugins, fonts, clock);
    this.command = command;
    this.quiet = quiet;
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
    command.print("plan       %s", task.plan());
  }

  @Override
  public Map<String, String> environment(TrainingEngine engine) {
    Map<String, String> environment = super.environment(engine);
    environment.put(
        "command", "idem " + String.join(" ", command.line().getParseResult().originalArgs()));
    return environment;
  }

  @Override
  public void report(String line) {
    progress.say(line);
  }

  @Override
  public Optional<RunHost.Page> page() {
    try {
      fonts().require();
      return Optional.of(new RunPages());
    } catch (IllegalStateException e) {
      report("the run has no page: " + e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public Progress progress() {
    return quiet ? Progress.NONE : progress;
  }
}
