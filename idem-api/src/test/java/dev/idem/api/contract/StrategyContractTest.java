package dev.idem.api.contract;

import dev.idem.api.algebra.Shape;
import dev.idem.api.reference.ReferenceAlgebra;
import dev.idem.api.reference.ReferenceModel.Differentiated;
import dev.idem.api.reference.ReferenceTensor;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.Objective;
import dev.idem.api.strategy.Objective.Loss;
import dev.idem.api.strategy.Objective.OutputGradient;
import dev.idem.api.training.TrainingObjective;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every {@link IdempotencyStrategy} must keep. Extend it and say how the strategy is made:
 *
 * <pre>{@code
 * class AbsoluteStrategyTest extends StrategyContractTest {
 *   @Override
 *   protected IdempotencyStrategy strategy() {
 *     return new AbsoluteStrategy(1);
 *   }
 * }
 * }</pre>
 *
 * <p>{@link dev.idem.api.contract} lists the dependencies that a POM needs for it.
 *
 * <p>A strategy that wants something else than idempotency, such as a reconstruction, overrides
 * {@link #keepsIdempotents}; one that takes samples of certain shapes only, {@link #shapes}.
 */
public abstract class StrategyContractTest {

  private static final ReferenceAlgebra OPS = new ReferenceAlgebra();

  /** The longest step beside the distance to an idempotent map. */
  private static final double STEP = 0.01;

  /** The change of an error, beside the error, that counts as none. */
  private static final double NO_EFFECT = 1e-4;

  /** The strategy under test: a new one on each call, always made alike. */
  protected abstract IdempotencyStrategy strategy();

  /** Shapes of samples that the strategy takes, rows and images unless overridden; at least one. */
  protected List<Shape> shapes() {
    return List.of(Shape.of(4), Shape.of(2, 3, 1), Shape.of(1));
  }

  /** Whether the strategy leaves a network as it is that is idempotent, for any input. */
  protected boolean keepsIdempotents() {
    return true;
  }

  /** Whether the strategy brings a network nearer that is near to an idempotent one. */
  protected boolean attractsToIdempotents() {
    return keepsIdempotents();
  }

  @Test
  final void itGivesAScalarLossOrAGradientOfTheOutputsShape() {
    for (Shape shape : shapes()) {
      for (int batch : new int[] {1, 5}) {
        requireShapes(Trial.smooth(shape, batch));
      }
    }
  }

  private void requireShapes(Trial trial) {
    IdempotencyStrategy strategy = strategy();
    Objective<ReferenceTensor> objective = trial.objective(strategy, OPS);
    if (objective instanceof Loss<ReferenceTensor> loss) {
      Rule.require(
          loss.value().shape().rank() == 0,
          "%s gave a loss of shape %s on %s; a loss is a scalar: take ops.sum or ops.mean of it",
          Trial.culprit(strategy),
          loss.value().shape(),
          trial);
    } else if (objective instanceof OutputGradient<ReferenceTensor> substituted) {
      Rule.require(
          substituted.gradient().shape().equals(substituted.output().shape()),
          "%s gave a gradient of shape %s at an output of shape %s on %s; they must be equal",
          Trial.culprit(strategy),
          substituted.gradient().shape(),
          substituted.output().shape(),
          trial);
    }
  }

  /** Maps that collapsed to 0 and maps that are idempotent already are where quotients break. */
  @Test
  final void everyNumberIsFinite() {
    for (Shape shape : shapes()) {
      Trial smooth = Trial.smooth(shape, 5);
      requireFinite(smooth);
      requireFinite(smooth.on(Batches.scaled(smooth.batch(), 100)));
      requireFinite(smooth.on(Batches.scaled(smooth.batch(), 0)));
      Idempotents.trials(shape).forEach(this::requireFinite);
    }
  }

  private void requireFinite(Trial trial) {
    IdempotencyStrategy strategy = strategy();
    Differentiated found = trial.differentiate(strategy);
    found
        .terms()
        .values()
        .forEach(
            value ->
                Rule.require(
                    Double.isFinite(value),
                    "%s gave %s on %s; keep quotients and roots away from 0, as with ops.maximum",
                    Trial.culprit(strategy),
                    value,
                    trial));
    found
        .gradients()
        .forEach(
            (name, gradient) ->
                Rule.require(
                    Arrays.stream(gradient).allMatch(Double::isFinite),
                    "%s gave a gradient of %s that is not finite on %s; the derivative of ops.sqrt"
                        + " is infinite at 0",
                    Trial.culprit(strategy),
                    name,
                    trial));
  }

  @Test
  final void itDependsOnTheParameters() {
    for (Shape shape : shapes()) {
      Trial trial = Trial.smooth(shape, 5);
      IdempotencyStrategy strategy = strategy();
      Rule.require(
          trial.largestGradient(strategy) > 0,
          "%s: the objective does not depend on the network's parameters, every gradient is 0 on"
              + " %s; use f.output() or f.iterate(k) where ops.stopGradient does not cut them off",
          Trial.culprit(strategy),
          trial);
    }
  }

  /**
   * Of a loss, with everything constant that it holds constant; of an output gradient, that the
   * output is one that parameters reach as they should.
   */
  @Test
  final void gradientsAreThoseOfFiniteDifferences() {
    for (Shape shape : shapes()) {
      Trial.smooth(shape, 3).requireGradients(strategy());
    }
  }

  @Test
  final void theSameInputGivesTheSameBits() {
    for (Shape shape : shapes()) {
      Trial trial = Trial.smooth(shape, 5);
      IdempotencyStrategy strategy = strategy();
      Differentiated first = trial.differentiate(strategy);
      Rule.require(
          same(first, trial.differentiate(strategy)),
          "%s gave other numbers on the same batch; draw nothing at random",
          Trial.culprit(strategy));
      trial.on(Batches.normal(8, 2, shape)).differentiate(strategy);
      Rule.require(
          same(first, trial.differentiate(strategy)),
          "%s gave other numbers on the same batch after another one; remember nothing between"
              + " calls",
          Trial.culprit(strategy));
      Rule.require(
          same(first, trial.differentiate(strategy())),
          "%s gave other numbers when made again; it must depend on its settings only",
          Trial.culprit(strategy));
    }
  }

  private static boolean same(Differentiated a, Differentiated b) {
    return a.terms().equals(b.terms())
        && a.gradients().entrySet().stream()
            .allMatch(entry -> Arrays.equals(entry.getValue(), b.gradients().get(entry.getKey())));
  }

  @Test
  final void idempotentsAreFixedPoints() {
    IdempotencyStrategy strategy = strategy();
    boolean moved = false;
    for (Shape shape : shapes()) {
      double rounding = 1e-9 * Trial.smooth(shape, 6).largestGradient(strategy);
      for (Trial trial : Idempotents.trials(shape)) {
        double gradient = trial.largestGradient(strategy);
        moved |= gradient > rounding;
        Rule.require(
            !keepsIdempotents() || gradient <= rounding,
            "%s moves an idempotent map, by a gradient of %s on %s; if it is to, override"
                + " keepsIdempotents",
            Trial.culprit(strategy),
            gradient,
            trial);
      }
    }
    Rule.require(
        keepsIdempotents() || moved,
        "%s moved no idempotent map; do not override keepsIdempotents",
        Trial.culprit(strategy));
  }

  /**
   * A step that is small beside the distance; a wrong sign leads away. Each map is judged for
   * itself, because a strategy may be right at eigenvalues near 1 and wrong at those near 0. Beside
   * its effect on other maps a strategy may have none on some, as {@link
   * dev.idem.api.strategy.FrozenTargetStrategy} has near 1.
   */
  @Test
  final void aStepNearAnIdempotentLeadsTowardsIt() {
    if (!attractsToIdempotents()) {
      return;
    }
    for (Shape shape : shapes()) {
      requireNearer(strategy(), shape.size(), Idempotents.near(shape));
    }
  }

  private static void requireNearer(
      IdempotencyStrategy strategy, int n, List<Idempotents.Near> maps) {
    List<double[]> gradients =
        maps.stream()
            .map(map -> map.trial().differentiate(strategy).gradients().get("kernel.0"))
            .toList();
    double steepest = 0;
    for (int i = 0; i < maps.size(); i++) {
      double length = Math.sqrt(Arrays.stream(gradients.get(i)).map(g -> g * g).sum());
      steepest = Math.max(steepest, length / Math.sqrt(maps.get(i).error(n)));
    }
    double rate = STEP / Math.max(steepest, Double.MIN_NORMAL);
    boolean nearer = false;
    for (int i = 0; i < maps.size(); i++) {
      double before = maps.get(i).error(n);
      double after = Idempotents.error(stepped(maps.get(i).kernel(), rate, gradients.get(i)), n);
      nearer |= after < before * (1 - NO_EFFECT);
      Rule.require(
          after <= before * (1 + NO_EFFECT),
          "%s leads away from idempotent maps: ||K^2 - K||^2 goes from %s to %s for a matrix K with"
              + " eigenvalues near %s; an output gradient is dL/dy, so that a step to y' is"
              + " -(y' - y); if it is to lead away, override attractsToIdempotents",
          Trial.culprit(strategy),
          before,
          after,
          maps.get(i).eigenvalue());
    }
    Rule.require(
        nearer,
        "%s leads no map towards an idempotent one; if it is not to, override"
            + " attractsToIdempotents",
        Trial.culprit(strategy));
  }

  private static double[] stepped(double[] kernel, double rate, double[] gradient) {
    double[] stepped = kernel.clone();
    Arrays.setAll(stepped, i -> kernel[i] - rate * gradient[i]);
    return stepped;
  }

  /** A saved run needs nothing of the strategy but its settings. */
  @Test
  final void aRunThatIsSavedAndResumedIsTheSameRun() {
    for (Shape shape : shapes()) {
      Resumption.require(
          Trial.culprit(strategy()),
          () -> StackedNetwork.smooth(shape),
          () -> TrainingObjective.of(strategy()),
          1e-3);
    }
  }

  @Test
  final void itIsAValueThatSaysWhatItComputes() {
    IdempotencyStrategy strategy = strategy();
    String formula = Rule.oneLine(Trial.culprit(strategy), "formula", strategy.formula());
    Rule.require(
        formula.equals(strategy().formula()),
        "%s has another formula when made again",
        Trial.culprit(strategy));
    Rule.value(Trial.culprit(strategy), strategy, strategy());
  }
}
