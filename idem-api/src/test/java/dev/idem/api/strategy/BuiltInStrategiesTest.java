package dev.idem.api.strategy;

import dev.idem.api.contract.StrategyContractTest;
import dev.idem.api.polynomial.IdempotentPolynomial;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Nested;

/** The strategies of this module keep their contract. */
class BuiltInStrategiesTest {

  @Nested
  class Canonical extends StrategyContractTest {
    @Override
    protected IdempotencyStrategy strategy() {
      return new CanonicalStrategy();
    }
  }

  @Nested
  class Iterator extends StrategyContractTest {
    @Override
    protected IdempotencyStrategy strategy() {
      return new SubstitutedGradient();
    }
  }

  @Nested
  class IteratorOfHigherOrder extends StrategyContractTest {
    @Override
    protected IdempotencyStrategy strategy() {
      return new SubstitutedGradient(IdempotentPolynomial.ofOrder(2));
    }
  }

  @Nested
  class CappedIterator extends StrategyContractTest {
    @Override
    protected IdempotencyStrategy strategy() {
      return new SubstitutedGradient(
          IdempotentPolynomial.cubic(), 0.7, Scale.BATCH_MEAN, OptionalDouble.of(0.3));
    }
  }

  @Nested
  class Limited extends StrategyContractTest {
    @Override
    protected IdempotencyStrategy strategy() {
      return new LimitedStrategy();
    }
  }

  @Nested
  class Accelerated extends StrategyContractTest {
    @Override
    protected IdempotencyStrategy strategy() {
      return new LimitedStrategy(IdempotentPolynomial.steepQuintic(8));
    }
  }

  @Nested
  class Anchored extends StrategyContractTest {
    @Override
    protected IdempotencyStrategy strategy() {
      return new AnchoredStrategy();
    }
  }

  @Nested
  class FrozenTarget extends StrategyContractTest {
    @Override
    protected IdempotencyStrategy strategy() {
      return new FrozenTargetStrategy();
    }
  }

  @Nested
  class AbsoluteFrozenTarget extends StrategyContractTest {
    @Override
    protected IdempotencyStrategy strategy() {
      return new FrozenTargetStrategy(20, Distance.ABSOLUTE, Scale.WIDTH_MEAN);
    }
  }

  /** Leads away from what is a fixed point by chance, and so from idempotency. */
  @Nested
  class Tightness extends StrategyContractTest {
    @Override
    protected IdempotencyStrategy strategy() {
      return new TightnessStrategy(0.1, Distance.SQUARED, OptionalDouble.empty());
    }

    @Override
    protected boolean attractsToIdempotents() {
      return false;
    }
  }

  @Nested
  class TightnessWithAMargin extends StrategyContractTest {
    @Override
    protected IdempotencyStrategy strategy() {
      return new TightnessStrategy(
          0.5, Distance.SQUARED, OptionalDouble.empty(), OptionalDouble.of(0.05));
    }

    @Override
    protected boolean attractsToIdempotents() {
      return false;
    }
  }

  @Nested
  class TightnessBySubstitution extends StrategyContractTest {
    @Override
    protected IdempotencyStrategy strategy() {
      return new SubstitutedTightness(
          SubstitutedTightness.Form.SQUARED, 0.4, Scale.BATCH_AND_WIDTH_MEAN);
    }

    @Override
    protected boolean attractsToIdempotents() {
      return false;
    }
  }

  @Nested
  class ClampedTightness extends StrategyContractTest {
    @Override
    protected IdempotencyStrategy strategy() {
      return new TightnessStrategy(2.5, Distance.ABSOLUTE, OptionalDouble.of(1.5));
    }

    @Override
    protected boolean attractsToIdempotents() {
      return false;
    }
  }

  /** Wants f(x) = x, whatever f does elsewhere. */
  @Nested
  class Reconstruction extends StrategyContractTest {
    @Override
    protected IdempotencyStrategy strategy() {
      return new ReconstructionStrategy();
    }

    @Override
    protected boolean keepsIdempotents() {
      return false;
    }
  }

  /** Wants targets, whatever else f does. */
  @Nested
  class Target extends StrategyContractTest {
    @Override
    protected IdempotencyStrategy strategy() {
      return new TargetStrategy();
    }

    @Override
    protected boolean keepsIdempotents() {
      return false;
    }
  }

  /** The same by absolute distances. */
  @Nested
  class AbsoluteTarget extends StrategyContractTest {
    @Override
    protected IdempotencyStrategy strategy() {
      return new TargetStrategy(0.5, Distance.ABSOLUTE, Scale.BATCH_MEAN);
    }

    @Override
    protected boolean keepsIdempotents() {
      return false;
    }
  }
}
