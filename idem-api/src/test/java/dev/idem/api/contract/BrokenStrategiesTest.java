package dev.idem.api.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.api.algebra.TensorAlgebra;
import dev.idem.api.reference.ReferenceTensor;
import dev.idem.api.strategy.CanonicalStrategy;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.Iterates;
import dev.idem.api.strategy.Objective;
import dev.idem.api.strategy.Objective.Loss;
import dev.idem.api.strategy.Objective.OutputGradient;
import dev.idem.api.strategy.ReconstructionStrategy;
import dev.idem.api.strategy.SubstitutedGradient;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Each rule for strategies fails for a strategy that breaks it, and names it. */
class BrokenStrategiesTest {

  /** f(f(x)) - f(x). */
  private static <T> T apart(Iterates<T> f, TensorAlgebra<T> ops) {
    return ops.subtract(f.iterate(2), f.output());
  }

  private static <T> Loss<T> canonical(Iterates<T> f, TensorAlgebra<T> ops, double weight) {
    return new Loss<>(ops.multiply(ops.mean(ops.square(apart(f, ops))), weight));
  }

  record ReturnsNull() implements IdempotencyStrategy {
    @Override
    public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
      return null;
    }
  }

  record Throws() implements IdempotencyStrategy {
    @Override
    public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
      return new Loss<>(ops.add(f.output(), ops.mean(f.output())));
    }
  }

  record UndeclaredTarget() implements IdempotencyStrategy {
    @Override
    public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
      return new Loss<>(ops.mean(ops.square(ops.subtract(f.output(), f.target()))));
    }
  }

  record VectorLoss() implements IdempotencyStrategy {
    @Override
    public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
      return new Loss<>(ops.sumPerSample(ops.square(apart(f, ops))));
    }
  }

  record ScalarGradient() implements IdempotencyStrategy {
    @Override
    public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
      return new OutputGradient<>(f.output(), ops.mean(f.output()));
    }
  }

  record RootAtZero() implements IdempotencyStrategy {
    @Override
    public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
      return new Loss<>(ops.mean(ops.sqrt(ops.sumPerSample(ops.square(apart(f, ops))))));
    }
  }

  record QuotientAtZero() implements IdempotencyStrategy {
    @Override
    public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
      T power = ops.mean(ops.square(f.output()));
      return new Loss<>(ops.divide(ops.mean(ops.square(apart(f, ops))), power));
    }
  }

  record Detached() implements IdempotencyStrategy {
    @Override
    public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
      return new Loss<>(ops.mean(ops.square(ops.stopGradient(apart(f, ops)))));
    }
  }

  record DetachedOutput() implements IdempotencyStrategy {
    @Override
    public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
      return new OutputGradient<>(ops.stopGradient(f.output()), apart(f, ops));
    }
  }

  /** Takes a tensor's values past the algebra, so that differentiation does not see them. */
  @SuppressWarnings("unchecked")
  private static <T> T pastTheAlgebra(T tensor) {
    ReferenceTensor y = (ReferenceTensor) tensor;
    return (T) ReferenceTensor.of(y.shape(), y.values());
  }

  record PastTheAlgebra() implements IdempotencyStrategy {
    @Override
    public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
      T difference = ops.subtract(f.iterate(2), pastTheAlgebra(f.output()));
      return new Loss<>(ops.mean(ops.square(difference)));
    }
  }

  record HalfDetachedOutput() implements IdempotencyStrategy {
    @Override
    public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
      T output = ops.add(f.output(), pastTheAlgebra(f.output()));
      return new OutputGradient<>(output, apart(f, ops));
    }
  }

  record Draws() implements IdempotencyStrategy {
    @Override
    public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
      return canonical(f, ops, Math.random());
    }
  }

  static final class Remembers implements IdempotencyStrategy {
    private int before;

    @Override
    public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
      int size = ops.batchSize(f.output());
      double weight = before == 0 || before == size ? 1 : 2;
      before = size;
      return canonical(f, ops, weight);
    }
  }

  static final class Counts implements IdempotencyStrategy {
    private int calls;

    @Override
    public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
      calls++;
      return canonical(f, ops, calls);
    }
  }

  record Weighted(double weight) implements IdempotencyStrategy {
    @Override
    public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
      return canonical(f, ops, weight);
    }
  }

  record WrongSign() implements IdempotencyStrategy {
    @Override
    public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
      OutputGradient<T> right = (OutputGradient<T>) new SubstitutedGradient().objective(f, ops);
      return new OutputGradient<>(right.output(), ops.multiply(right.gradient(), -1));
    }
  }

  /** Right at eigenvalues near 1 and wrong near 0, or the other way round. */
  record OneSided(double sign) implements IdempotencyStrategy {
    @Override
    public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
      return new OutputGradient<>(f.output(), ops.multiply(apart(f, ops), sign));
    }
  }

  /** Keeps idempotents, and does nothing near them. */
  record OnlyFarAway() implements IdempotencyStrategy {
    @Override
    public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
      return new OutputGradient<>(f.output(), ops.multiply(apart(f, ops), 0));
    }
  }

  record Told(String formula) implements IdempotencyStrategy {
    @Override
    public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
      return canonical(f, ops, 1);
    }
  }

  private static StrategyContractTest contract(Supplier<IdempotencyStrategy> strategy) {
    return new StrategyContractTest() {
      @Override
      protected IdempotencyStrategy strategy() {
        return strategy.get();
      }
    };
  }

  private static void assertBroken(
      Supplier<IdempotencyStrategy> strategy, Consumer<StrategyContractTest> rule, String... told) {
    assertThatThrownBy(() -> rule.accept(contract(strategy)))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("strategy " + strategy.get().getClass().getName())
        .hasMessageContainingAll(told);
  }

  @Test
  void nullAndExceptionsAreReported() {
    Consumer<StrategyContractTest> rule =
        StrategyContractTest::itGivesAScalarLossOrAGradientOfTheOutputsShape;
    assertBroken(
        ReturnsNull::new, rule, "returned null on a batch of shape [1, 4]", "return a Loss");
    assertBroken(Throws::new, rule, "threw on", "add needs equal shapes, not [1, 4] and []");
  }

  @Test
  void shapesAreReported() {
    Consumer<StrategyContractTest> rule =
        StrategyContractTest::itGivesAScalarLossOrAGradientOfTheOutputsShape;
    assertBroken(VectorLoss::new, rule, "a loss of shape [1] on", "take ops.sum or ops.mean");
    assertBroken(ScalarGradient::new, rule, "a gradient of shape [] at an output of shape [1, 4]");
    assertBroken(UndeclaredTarget::new, rule, "there is no target", "overrides readsTarget()");
  }

  @Test
  void nonFiniteNumbersAreReported() {
    Consumer<StrategyContractTest> rule = StrategyContractTest::everyNumberIsFinite;
    assertBroken(RootAtZero::new, rule, "gradient of kernel.0 that is not finite", "ops.sqrt");
    assertBroken(QuotientAtZero::new, rule, "gave NaN", "ops.maximum");
  }

  @Test
  void objectivesThatDoNotDependOnParametersAreReported() {
    Consumer<StrategyContractTest> rule = StrategyContractTest::itDependsOnTheParameters;
    assertBroken(Detached::new, rule, "depends on no parameter of the network", "use f.output()");
    assertBroken(DetachedOutput::new, rule, "depends on no parameter of the network");
  }

  @Test
  void wrongGradientsAreReported() {
    Consumer<StrategyContractTest> rule =
        StrategyContractTest::gradientsAreThoseOfFiniteDifferences;
    assertBroken(PastTheAlgebra::new, rule, "the gradient at kernel.0[0] is", "finite differences");
    assertBroken(HalfDetachedOutput::new, rule, "the gradient at kernel.0[0] is");
  }

  @Test
  void chanceAndMemoryAreReported() {
    Consumer<StrategyContractTest> rule = StrategyContractTest::theSameInputGivesTheSameBits;
    assertBroken(Draws::new, rule, "draw nothing at random");
    assertBroken(Remembers::new, rule, "after another one; remember nothing between calls");
    int[] made = {0};
    assertBroken(() -> new Weighted(++made[0]), rule, "when made again");
  }

  @Test
  void movedIdempotentsAreReported() {
    assertBroken(
        ReconstructionStrategy::new,
        StrategyContractTest::idempotentsAreFixedPoints,
        "moves an idempotent map",
        "override keepsIdempotents");
    StrategyContractTest mistaken =
        new StrategyContractTest() {
          @Override
          protected IdempotencyStrategy strategy() {
            return new CanonicalStrategy();
          }

          @Override
          protected boolean keepsIdempotents() {
            return false;
          }
        };
    assertThatThrownBy(mistaken::idempotentsAreFixedPoints)
        .hasMessageContaining("moved no idempotent map");
  }

  @Test
  void aWrongSignIsReported() {
    assertBroken(
        WrongSign::new,
        StrategyContractTest::aStepNearAnIdempotentLeadsTowardsIt,
        "leads away from idempotent maps",
        "-(y' - y)");
  }

  @Test
  void aSignThatIsWrongAtASingleEigenvalueIsReported() {
    Consumer<StrategyContractTest> rule = StrategyContractTest::aStepNearAnIdempotentLeadsTowardsIt;
    assertBroken(() -> new OneSided(1), rule, "leads away", "eigenvalues near 0;");
    assertBroken(() -> new OneSided(-1), rule, "leads away", "eigenvalues near 1;");
    assertBroken(OnlyFarAway::new, rule, "leads no map towards an idempotent one");
  }

  @Test
  void runsThatDoNotResumeAreReported() {
    assertBroken(
        Counts::new,
        StrategyContractTest::aRunThatIsSavedAndResumedIsTheSameRun,
        "a run that was resumed after 2 steps ends with another kernel.0");
  }

  @Test
  void unequalTwinsAndFormulasOfNoOrSeveralLinesAreReported() {
    Consumer<StrategyContractTest> rule = StrategyContractTest::itIsAValueThatSaysWhatItComputes;
    assertBroken(Remembers::new, rule, "are not equal; make the class a record");
    assertBroken(() -> new Told(" "), rule, "formula ' '; it must be one line");
    assertBroken(() -> new Told("a\nb"), rule, "it must be one line");
  }
}
