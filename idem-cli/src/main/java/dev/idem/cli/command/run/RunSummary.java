package dev.idem.cli.command.run;

import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import dev.idem.generative.recipe.GenerativeObjective;
import dev.idem.runs.experiment.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** A summary of a run in a few lines, printed before it starts. */
final class RunSummary {

  private RunSummary() {}

  static List<String> of(Subject subject, TrainingTask task) {
    List<String> lines = new ArrayList<>();
    new TreeMap<>(task.inputs())
        .forEach(
            (input, source) ->
                lines.add(
                    line(
                        input.equals(GenerativeObjective.NOISE) ? "noise" : "data",
                        source.description())));
    lines.add(
        line(
            "network",
            String.format(
                Locale.ROOT,
                "%s, %,d parameters",
                task.network().description(),
                task.network().parameterCount())));
    lines.add(line("objective", objective(subject)));
    TrainingPlan plan = task.plan();
    lines.add(
        line(
            "plan",
            String.format(
                Locale.ROOT,
                "%d step%s of %d, rate %s, %s, seed %d",
                plan.steps(),
                plan.steps() == 1 ? "" : "s",
                plan.batchSize(),
                plan.learningRate(),
                plan.optimizer(),
                plan.seed())));
    return lines;
  }

  private static String objective(Subject subject) {
    return subject instanceof Subject.Generator generator
        ? generator.objective().description()
        : ((Subject.SelfMap) subject).strategy();
  }

  private static String line(String what, String description) {
    return "%-10s %s".formatted(what, description);
  }
}
