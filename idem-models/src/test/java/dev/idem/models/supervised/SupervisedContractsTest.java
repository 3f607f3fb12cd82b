package dev.idem.models.supervised;

import dev.idem.api.algebra.Shape;
import dev.idem.api.contract.StrategyContractTest;
import dev.idem.api.strategy.CanonicalStrategy;
import dev.idem.api.strategy.Distance;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.Scale;
import dev.idem.models.classifier.CrossEntropyStrategy;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** The strategies of this module keep their contract. */
class SupervisedContractsTest {

  /** Wants targets, whatever else f does. */
  @Nested
  class Target extends StrategyContractTest {
    @Override
    protected IdempotencyStrategy strategy() {
      return new TargetStrategy();
    }

    @Override
    protected List<Shape> shapes() {
      return List.of(Shape.of(4), Shape.of(6));
    }

    @Override
    protected boolean keepsIdempotents() {
      return false;
    }
  }

  /** The same. */
  @Nested
  class AbsoluteTarget extends StrategyContractTest {
    @Override
    protected IdempotencyStrategy strategy() {
      return new TargetStrategy(0.5, Distance.ABSOLUTE, Scale.BATCH_MEAN);
    }

    @Override
    protected List<Shape> shapes() {
      return List.of(Shape.of(4), Shape.of(6));
    }

    @Override
    protected boolean keepsIdempotents() {
      return false;
    }
  }

  /** Wants classes named. */
  @Nested
  class Entropy extends StrategyContractTest {
    @Override
    protected IdempotencyStrategy strategy() {
      return new CrossEntropyStrategy(1, 3);
    }

    @Override
    protected List<Shape> shapes() {
      return List.of(Shape.of(4), Shape.of(6));
    }

    @Override
    protected boolean keepsIdempotents() {
      return false;
    }
  }

  /** Sees half of a map that is idempotent as a whole. */
  @Nested
  class CanonicalOnInput extends StrategyContractTest {
    @Override
    protected IdempotencyStrategy strategy() {
      return new OnInput(new CanonicalStrategy());
    }

    @Override
    protected List<Shape> shapes() {
      return List.of(Shape.of(4), Shape.of(6));
    }

    @Override
    protected boolean keepsIdempotents() {
      return false;
    }
  }
}
