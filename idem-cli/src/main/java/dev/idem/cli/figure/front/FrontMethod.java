package dev.idem.cli.figure.front;

import dev.idem.api.polynomial.IdempotentPolynomial;
import dev.idem.api.polynomial.SteepQuintic;
import dev.idem.api.strategy.AnchoredStrategy;
import dev.idem.api.strategy.CanonicalStrategy;
import dev.idem.api.strategy.Distance;
import dev.idem.api.strategy.FrozenTargetStrategy;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.IteratorStrategy;
import dev.idem.api.strategy.LimitedStrategy;
import dev.idem.api.strategy.Scale;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingObjective.Term;
import dev.idem.eval.chart.Style;
import dev.idem.models.supervised.OnInput;
import dev.idem.models.supervised.TargetStrategy;
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
record FrontMethod(String name, Style style, DoubleFunction<List<IdempotencyStrategy>> strategies) {

  /** The task alone. */
  static final String CONTROL = "task alone";

  /** The method that the others are compared with. */
  static final String PAPER = "cubic";

  /** Of the polynomial of the accelerated method: slope 5/2 at 1/2, where the cubic has 3/2. */
  private static final int STEEPNESS = 8;

  /** In the order of every legend and table. */
  static List<FrontMethod> all() {
    return List.of(
        new FrontMethod("canonical", Style.SECOND, weight -> List.of(canonical(weight))),
        new FrontMethod("frozen target", Style.THIRD, weight -> List.of(frozenTarget(weight))),
        new FrontMethod(PAPER, Style.FIRST, weight -> List.of(cubic(weight))),
        new FrontMethod(
            "canonical + cubic", Style.FOURTH, weight -> List.of(canonical(weight), cubic(weight))),
        new FrontMethod(
            "limited",
            Style.FIFTH,
            weight -> List.of(limited(IdempotentPolynomial.cubic(), weight))),
        new FrontMethod(
            "accelerated",
            Style.SIXTH,
            weight -> List.of(limited(SteepQuintic.of(STEEPNESS), weight))),
        new FrontMethod(
            "anchored",
            Style.SEVENTH,
            weight ->
                List.of(
                    new AnchoredStrategy(
                        canonical(weight), limited(IdempotentPolynomial.cubic(), weight)))));
  }

  private static CanonicalStrategy canonical(double weight) {
    return new CanonicalStrategy(weight, Scale.BATCH_AND_WIDTH_MEAN);
  }

  private static IdempotencyStrategy frozenTarget(double weight) {
    return new FrozenTargetStrategy(weight, Distance.SQUARED, Scale.BATCH_AND_WIDTH_MEAN);
  }

  private static IdempotencyStrategy cubic(double weight) {
    return new IteratorStrategy(
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
      terms.add(
          new Term(
              "idempotency " + terms.size(),
              new OnInput(strategy),
              TrainingObjective.DEFAULT_INPUT));
    }
    return new TrainingObjective(terms);
  }
}
