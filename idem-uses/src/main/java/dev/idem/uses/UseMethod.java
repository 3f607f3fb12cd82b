package dev.idem.uses;

import dev.idem.api.network.Network;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.TargetStrategy;
import dev.idem.api.training.Schedule;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingObjective.Term;
import dev.idem.figures.Methods;
import dev.idem.figures.front.FrontMethod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network and what it is trained on: a task's mean squared error with weight 1, and strategies on
 * the same inputs.
 *
 * @param contender the network's name
 * @param strategy the name of the strategies, or {@link #ALONE}
 */
public record UseMethod(
    String contender, String strategy, Network network, List<IdempotencyStrategy> strategies) {

  /** The task's loss without a strategy. */
  public static final String ALONE = "task alone";

  /** Between a network's name and that of its strategies. */
  public static final String BESIDE = " + ";

  /** The weight of strategies beside a task's loss of weight 1. */
  public static final double WEIGHT = 0.1;

  public UseMethod {
    strategies = List.copyOf(strategies);
  }

  /** Such as {@code mlp + canonical}, or {@code mlp} for the task alone. */
  public String name() {
    return strategy.equals(ALONE) ? contender : contender + BESIDE + strategy;
  }

  /** The strategies of every figure with tasks, by name, at {@link #WEIGHT}. */
  public static Map<String, List<IdempotencyStrategy>> builtIn() {
    Map<String, List<IdempotencyStrategy>> strategies = new LinkedHashMap<>();
    FrontMethod.all()
        .forEach(method -> strategies.put(method.name(), method.strategies().apply(WEIGHT)));
    return strategies;
  }

  /**
   * The methods of a use: every network on the task alone, then those with strategies with each.
   */
  static List<UseMethod> of(
      List<Use.Contender> contenders, Map<String, List<IdempotencyStrategy>> strategies) {
    List<UseMethod> methods = new ArrayList<>();
    for (Use.Contender contender : contenders) {
      methods.add(new UseMethod(contender.name(), ALONE, contender.network(), List.of()));
      if (contender.withStrategies()) {
        strategies.forEach(
            (name, own) ->
                methods.add(new UseMethod(contender.name(), name, contender.network(), own)));
      }
    }
    return methods;
  }

  TrainingObjective objective() {
    List<Term> terms = new ArrayList<>();
    terms.add(new Term("task", new TargetStrategy(), TrainingObjective.DEFAULT_INPUT));
    for (IdempotencyStrategy own : strategies) {
      Term term = new Term("idempotency " + terms.size(), own, TrainingObjective.DEFAULT_INPUT);
      boolean weighted = !Methods.isOfPlugin(strategy);
      terms.add(weighted ? term : term.withSchedule(new Schedule.Ramp(WEIGHT, WEIGHT, 0, 1)));
    }
    return new TrainingObjective(terms);
  }
}
