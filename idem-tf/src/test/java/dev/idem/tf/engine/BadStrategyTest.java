package dev.idem.tf.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.TensorAlgebra;
import dev.idem.api.network.DenseNetwork;
import dev.idem.api.network.Network;
import dev.idem.api.reference.ReferenceEngine;
import dev.idem.api.strategy.CanonicalStrategy;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.Iterates;
import dev.idem.api.strategy.Objective;
import dev.idem.api.strategy.Objective.Loss;
import dev.idem.api.strategy.Objective.OutputGradient;
import dev.idem.api.training.DivergenceException;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingObjective.StrategyException;
import dev.idem.api.training.TrainingObjective.Term;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a strategy does, either engine says which it was. */
class BadStrategyTest {

  private static final Network NETWORK = new DenseNetwork(Activation.TANH, 6, 10, 6);
  private static final TrainingPlan PLAN =
      TrainingPlan.smoke().toBuilder().steps(2).batchSize(8).build();

  /** The ways to go wrong, and what is to be said. */
  private enum Bad implements IdempotencyStrategy {
    NOTHING("returned no objective (null); return a Loss or an OutputGradient") {
      @Override
      public <T> @Nullable Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
        return null;
      }
    },
    VECTOR_LOSS("gave a loss of shape [8]; a loss is a scalar: take ops.sum or ops.mean of it") {
      @Override
      public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
        return new Loss<>(ops.sumPerSample(f.output()));
      }
    },
    SCALAR_GRADIENT("gave a gradient of shape [] at an output of shape [8, 6]") {
      @Override
      public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
        return new OutputGradient<>(f.output(), ops.sum(f.output()));
      }
    },
    OF_THE_INPUT("gave a loss or output that depends on no parameter of the network") {
      @Override
      public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
        return new Loss<>(ops.sum(f.input()));
      }
    },
    STOPPED("gave a loss or output that depends on no parameter of the network") {
      @Override
      public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
        return new Loss<>(ops.sum(ops.square(ops.stopGradient(f.output()))));
      }
    },
    FROZEN("gave a loss or output that depends on no parameter of the network") {
      @Override
      public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
        return new Loss<>(ops.sum(f.applyFrozen(f.input())));
      }
    },
    GRADIENT_AT_THE_INPUT("gave a loss or output that depends on no parameter of the network") {
      @Override
      public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
        return new OutputGradient<>(f.input(), f.output());
      }
    },
    UNDECLARED_TARGET(
        "threw java.lang.IllegalStateException: there is no target; a strategy that reads"
            + " f.target() overrides readsTarget() to give true") {
      @Override
      public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
        return new Loss<>(ops.mean(ops.multiply(f.output(), f.target())));
      }
    },
    THROWS("threw java.lang.UnsupportedOperationException: not today") {
      @Override
      public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
        throw new UnsupportedOperationException("not today");
      }
    },
    OF_ANOTHER_VERSION("threw java.lang.NoSuchMethodError: dev.idem.api.Gone") {
      @Override
      public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
        throw new NoSuchMethodError("dev.idem.api.Gone");
      }
    },
    WITH_A_SERVICE("threw java.util.ServiceConfigurationError: none inside") {
      @Override
      public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
        throw new ServiceConfigurationError("none inside");
      }
    },
    MUTE("threw java.lang.Error") {
      @Override
      public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
        throw new Error();
      }
    };

    final String fault;

    Bad(String fault) {
      this.fault = fault;
    }
  }

  static Stream<TrainingEngine> engines() {
    return Stream.of(
        new ReferenceEngine(), new TensorFlowEngine(new EngineOptions(new Device.Cpu(), 1)));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aBadStrategyIsNamedWithItsTerm(TrainingEngine engine) {
    for (Bad bad : Bad.values()) {
      StrategyException thrown = refused(engine, new Term("own", bad, "x"));
      assertThat(thrown).as("%s", bad).isNotNull();
      assertThat(thrown.term()).isEqualTo("own");
      assertThat(thrown)
          .hasMessageStartingWith("term 'own': strategy " + Bad.class.getName())
          .hasMessageContaining(bad.fault);
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aTermThatTrainsNothingIsNotHiddenByOneThatDoes(TrainingEngine engine) {
    StrategyException thrown =
        refused(
            engine,
            new Term("good", new CanonicalStrategy(), "x"),
            new Term("idle", Bad.STOPPED, "x"));
    assertThat(thrown).hasMessageContaining("term 'idle'").hasMessageContaining(Bad.STOPPED.fault);
  }

  private static StrategyException refused(TrainingEngine engine, Term... terms) {
    return catchThrowableOfType(StrategyException.class, () -> train(engine, terms));
  }

  private static void train(TrainingEngine engine, Term... terms) {
    engine
        .train(
            TrainingTask.of(
                NETWORK,
                new TrainingObjective(List.of(terms)),
                new GaussianSource(NETWORK.shape()),
                PLAN))
        .close();
  }

  private enum NotFinite implements IdempotencyStrategy {
    LOSS {
      @Override
      public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
        T zero = ops.multiply(ops.sum(ops.square(f.output())), 0);
        return new Loss<>(ops.divide(zero, zero));
      }
    },
    GRADIENT {
      @Override
      public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
        T zero = ops.multiply(f.output(), 0);
        return new OutputGradient<>(f.output(), ops.divide(f.output(), zero));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void anObjectiveThatIsNotFiniteDivergesAtItsTerm(TrainingEngine engine) {
    for (NotFinite bad : NotFinite.values()) {
      DivergenceException thrown =
          catchThrowableOfType(
              DivergenceException.class, () -> train(engine, new Term("own", bad, "x")));
      assertThat(thrown).as("%s", bad).isNotNull();
      assertThat(thrown.step()).isZero();
      assertThat(thrown.tensor()).isEqualTo("term own");
    }
  }
}
