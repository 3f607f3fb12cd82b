package dev.idem.api.training;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.data.DataSource;
import dev.idem.api.network.BatchNormalization.StatisticsSpec;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything that determines a run: the same task on the same engine gives the same bytes.
 *
 * @param network what is trained
 * @param objective what each step minimises
 * @param inputs a data source for every input that the objective names, with targets where a term
 *     reads them
 * @param plan how long, how fast, from which seed
 */
public record TrainingTask(
    Network network,
    TrainingObjective objective,
    Map<String, DataSource> inputs,
    TrainingPlan plan) {

  public TrainingTask {
    inputs = Map.copyOf(inputs);
    for (String input : objective.inputs()) {
      Require.argument(
          inputs.containsKey(input),
          "objective input '%s' has no data source; given: %s",
          input,
          inputs.keySet());
    }
    inputs.forEach(
        (name, source) ->
            Require.argument(
                source.shape().sameRows(network.shape()),
                "data source '%s' (%s) has samples of shape %s, but the network (%s) takes %s",
                name,
                source.description(),
                source.shape(),
                network.description(),
                network.shape()));
    objective.requireFits(plan.steps());
    for (TrainingObjective.Term term : objective.terms()) {
      if (term.readsTarget()) {
        requireTargets(
            term,
            Require.known(inputs.get(term.input()), "data source", term.input(), inputs.keySet()),
            network);
      }
    }
    List<String> terms = objective.terms().stream().map(TrainingObjective.Term::name).toList();
    for (StopRule rule : plan.stopRules()) {
      if (rule instanceof StopRule.TermBelow watched) {
        Require.argument(
            terms.contains(watched.term()),
            "stop rule watches term '%s'; the objective has %s",
            watched.term(),
            terms);
      }
    }
    List<String> names = network.parameters().stream().map(ParameterSpec::name).toList();
    Require.argument(!names.isEmpty(), "network (%s) has nothing to train", network.description());
    Require.argument(
        Set.copyOf(names).size() == names.size(), "parameter names %s must be unique", names);
    List<String> places = network.statistics().stream().map(StatisticsSpec::name).toList();
    Require.argument(
        Set.copyOf(places).size() == places.size(), "statistics names %s must be unique", places);
  }

  private static void requireTargets(
      TrainingObjective.Term term, DataSource source, Network network) {
    Require.argument(
        source.targets().isPresent(),
        "term '%s' reads a target, but data source '%s' (%s) has none",
        term.name(),
        term.input(),
        source.description());
    Shape shape = source.targets().orElseThrow().shape();
    Require.argument(
        shape.sameRows(network.outputShape()),
        "data source '%s' (%s) has targets of shape %s, but the network (%s) gives outputs of shape"
            + " %s",
        term.input(),
        source.description(),
        shape,
        network.description(),
        network.outputShape());
  }

  /**
   * The data source of an input.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public DataSource source(String input) {
    return Require.known(inputs.get(input), "data source", input, inputs.keySet());
  }

  /**
   * The source of the targets of an input that {@link TrainingObjective#supervisedInputs} names.
   *
   * @throws IllegalArgumentException if there is no input of that name, or it has none
   */
  public DataSource targets(String input) {
    return source(input)
        .targets()
        .orElseThrow(
            () -> new IllegalArgumentException("data source '%s' has no targets".formatted(input)));
  }

  /** A task with one data source, for an objective made by {@link TrainingObjective#of}. */
  public static TrainingTask of(
      Network network, TrainingObjective objective, DataSource source, TrainingPlan plan) {
    return new TrainingTask(
        network, objective, Map.of(TrainingObjective.DEFAULT_INPUT, source), plan);
  }
}
