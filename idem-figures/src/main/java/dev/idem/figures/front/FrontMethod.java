package dev.idem.figures.front;

import dev.idem.api.polynomial.IdempotentPolynomial;
import dev.idem.api.strategy.AnchoredStrategy;
import dev.idem.api.strategy.CanonicalStrategy;
import dev.idem.api.strategy.Distance;
import dev.idem.api.strategy.FrozenTargetStrategy;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.LimitedStrategy;
import dev.idem.api.strategy.Scale;
import dev.idem.api.strategy.Strategies;
import dev.idem.api.strategy.SubstitutedGradient;
import dev.idem.api.strategy.TargetStrategy;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingObjective.Term;
import dev.idem.figures.Methods;
import dev.idem.figures.chart.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/**
 * A way to idempotency, at any weight beside a task's loss of weight 1.
 *
 * @param name in legends and tables
 * @param style of its curve
 * @param strategies what is added to the task, at a weight
 */
public record FrontMethod(
    String name, Style style, DoubleFunction<List<IdempotencyStrategy>> strategies) {

  /** The task alone. */
  static final String CONTROL = "task alone";

  /** The method that the others are compared with. */
  static final String PAPER = Strategies.SUBSTITUTED;

  /** Of the polynomial of the accelerated method: slope 5/2 at 1/2, where the cubic has 3/2. */
  private static final int STEEPNESS = 8;

  /** In the order of every legend and table. */
  public static List<FrontMethod> all() {
    return List.of(
        method(Strategies.CANONICAL, weight -> List.of(canonical(weight))),
        method(Strategies.FROZEN_TARGET, weight -> List.of(frozenTarget(weight))),
        method(PAPER, weight -> List.of(substituted(weight))),
        method(Methods.BOTH, weight -> List.of(canonical(weight), substituted(weight))),
        method(
            Strategies.LIMITED, weight -> List.of(limited(IdempotentPolynomial.cubic(), weight))),
        method(
            Strategies.ACCELERATED,
            weight -> List.of(limited(IdempotentPolynomial.steepQuintic(STEEPNESS), weight))),
        method(
            Strategies.ANCHORED,
            weight ->
                List.of(
                    new AnchoredStrategy(
                        IdempotentPolynomial.cubic(),
                        weight,
                        Scale.BATCH_AND_WIDTH_MEAN,
                        1,
                        weight))));
  }

  private static FrontMethod method(
      String name, DoubleFunction<List<IdempotencyStrategy>> strategies) {
    return new FrontMethod(name, Methods.style(name), strategies);
  }

  private static CanonicalStrategy canonical(double weight) {
    return new CanonicalStrategy(weight, Scale.BATCH_AND_WIDTH_MEAN);
  }

  private static IdempotencyStrategy frozenTarget(double weight) {
    return new FrozenTargetStrategy(weight, Distance.SQUARED, Scale.BATCH_AND_WIDTH_MEAN);
  }

  private static IdempotencyStrategy substituted(double weight) {
    return new SubstitutedGradient(
        IdempotentPolynomial.cubic(), weight, Scale.BATCH_AND_WIDTH_MEAN, OptionalDouble.empty());
  }

  private static LimitedStrategy limited(IdempotentPolynomial polynomial, double weight) {
    return new LimitedStrategy(polynomial, weight, Scale.BATCH_AND_WIDTH_MEAN, 1);
  }

  /** The task's mean squared error, and this method's terms on the task's inputs. */
  TrainingObjective objective(double weight) {
    return objective(strategies.apply(weight));
  }

  /** The task's mean squared error alone. */
  static TrainingObjective control() {
    return objective(List.of());
  }

  private static TrainingObjective objective(List<IdempotencyStrategy> strategies) {
    List<Term> terms = new ArrayList<>();
    terms.add(new Term("task", new TargetStrategy(), TrainingObjective.DEFAULT_INPUT));
    for (IdempotencyStrategy strategy : strategies) {
      terms.add(new Term("idempotency " + terms.size(), strategy, TrainingObjective.DEFAULT_INPUT));
    }
    return new TrainingObjective(terms);
  }
}
