package dev.idem.tf.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.NetworkAlgebra;
import dev.idem.api.algebra.Shape;
import dev.idem.api.network.DenseNetwork;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.polynomial.IdempotentPolynomial;
import dev.idem.api.reference.ReferenceEngine;
import dev.idem.api.strategy.CanonicalStrategy;
import dev.idem.api.strategy.Distance;
import dev.idem.api.strategy.FrozenTargetStrategy;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.Scale;
import dev.idem.api.strategy.SubstitutedGradient;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.api.training.Optimizer;
import dev.idem.api.training.Schedule;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import dev.idem.api.training.TrainingListener;
import dev.idem.api.training.TrainingListener.StepReport;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingObjective.Term;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** TensorFlow against the double-precision reference. */
class EngineAgreementTest {

  private static final TrainingEngine TENSORFLOW =
      new TensorFlowEngine(new EngineOptions(new Device.Cpu(), 1));
  private static final TrainingEngine REFERENCE = new ReferenceEngine();

  private static final List<IdempotencyStrategy> STRATEGIES =
      List.of(
          new CanonicalStrategy(),
          new FrozenTargetStrategy(0.5, Distance.SQUARED, Scale.BATCH_MEAN),
          new SubstitutedGradient(),
          new SubstitutedGradient(
              IdempotentPolynomial.cubic(), 2, Scale.BATCH_MEAN, OptionalDouble.of(0.2)));

  @ParameterizedTest
  @EnumSource(Activation.class)
  void stepsOfEveryStrategyAgreeWithTheReference(Activation activation) {
    Network network = new DenseNetwork(activation, 5, 8, 7, 5);
    for (IdempotencyStrategy strategy : STRATEGIES) {
      assertAgreement(network, strategy, plan(new Optimizer.Sgd(), 0.1));
    }
  }

  static Stream<Arguments> optimizers() {
    return Stream.of(
        Arguments.of(new Optimizer.Sgd(), 0.1),
        Arguments.of(new Optimizer.Momentum(0.9), 0.02),
        Arguments.of(new Optimizer.Adam(), 1e-3),
        Arguments.of(new Optimizer.Adam(0.5, 0.9, 1e-6), 1e-3),
        Arguments.of(new Optimizer.AdamW(0.9, 0.999, 1e-8, 0.1), 1e-3));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void everyOptimizerAgreesWithTheReference(Optimizer optimizer, double rate) {
    assertAgreement(
        new DenseNetwork(Activation.TANH, 5, 8, 5), new CanonicalStrategy(), plan(optimizer, rate));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void clippingAgreesWithTheReference(Optimizer optimizer, double rate) {
    TrainingPlan clipped = plan(optimizer, rate).toBuilder().clipNorm(0.01).build();
    assertAgreement(new DenseNetwork(Activation.TANH, 5, 8, 5), new CanonicalStrategy(), clipped);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void rampedTermsAgreeWithTheReference(Optimizer optimizer, double rate) {
    TrainingObjective objective =
        new TrainingObjective(
            List.of(
                new Term("loss", new CanonicalStrategy(), "x", new Schedule.Ramp(2, 0, 0, 4)),
                new Term(
                    "idempotency", new SubstitutedGradient(), "x", new Schedule.Ramp(0, 1, 2, 9))));
    assertAgreement(new DenseNetwork(Activation.TANH, 5, 8, 5), objective, plan(optimizer, rate));
  }

  @Test
  void wideLayersAgreeWithTheReferenceThoughTheirKernelsAreTransposed() {
    Network wide = new DenseNetwork(Activation.TANH, 4, 512, 4);
    TrainingPlan plan = plan(new Optimizer.Sgd(), 0.1).toBuilder().batchSize(128).build();
    for (IdempotencyStrategy strategy : STRATEGIES) {
      assertAgreement(wide, strategy, plan);
    }
    // Once a step, for all applications: TensorFlow's optimisers have not undone it.
    assertThat(profile(wide, plan).operations())
        .filteredOn(operation -> operation.type().equals("Transpose"))
        .hasSize(1)
        .allMatch(operation -> operation.microseconds() > 0);
    assertThat(profile(wide, plan.toBuilder().batchSize(16).build()).operations())
        .noneMatch(operation -> operation.type().equals("Transpose"));
  }

  private static StepProfile profile(Network network, TrainingPlan plan) {
    return new TensorFlowEngine(new EngineOptions(new Device.Cpu(), 1))
        .profile(
            TrainingTask.of(
                network,
                TrainingObjective.of(STRATEGIES.get(1)),
                new GaussianSource(network.shape()),
                plan));
  }

  /** An image to one place and back, by kernels of its size. */
  private record Covering() implements Network {

    @Override
    public Shape shape() {
      return Shape.of(4, 3, 2);
    }

    @Override
    public List<ParameterSpec> parameters() {
      return List.of(parameter("down"), parameter("up"));
    }

    private static ParameterSpec parameter(String name) {
      return new ParameterSpec(
          name,
          Shape.of(4, 3, 2, 5),
          24,
          5,
          (spec, random) -> random.doubles(spec.shape().size(), -0.4, 0.4).toArray());
    }

    @Override
    public <T> T apply(T x, ForwardPass<T> pass) {
      NetworkAlgebra<T> ops = pass.ops();
      T code = ops.tanh(ops.conv2d(x, pass.parameter("down"), 1, 0));
      return ops.conv2dTranspose(code, pass.parameter("up"), 1, 0);
    }

    @Override
    public String description() {
      return "covering convolutions";
    }
  }

  static Stream<Network> convolutionalNetworks() {
    return Stream.of(new ConvolutionalNetwork(), new Covering());
  }

  @ParameterizedTest
  @MethodSource("convolutionalNetworks")
  void convolutionsAgreeWithTheReference(Network network) {
    for (IdempotencyStrategy strategy : STRATEGIES) {
      assertAgreement(network, strategy, plan(new Optimizer.Sgd(), 0.02));
    }
  }

  private static TrainingPlan plan(Optimizer optimizer, double rate) {
    return TrainingPlan.smoke().toBuilder()
        .steps(10)
        .batchSize(16)
        .learningRate(rate)
        .optimizer(optimizer)
        .seed(5)
        .build();
  }

  private static void assertAgreement(
      Network network, IdempotencyStrategy strategy, TrainingPlan plan) {
    assertAgreement(network, TrainingObjective.of(strategy), plan);
  }

  private static void assertAgreement(
      Network network, TrainingObjective objective, TrainingPlan plan) {
    TrainingTask task =
        TrainingTask.of(network, objective, new GaussianSource(network.shape()), plan);
    List<StepReport> expected = new ArrayList<>();
    List<StepReport> actual = new ArrayList<>();
    try (TrainedNetwork reference = REFERENCE.train(task, recorder(expected));
        TrainedNetwork tensorFlow = TENSORFLOW.train(task, recorder(actual))) {
      for (int i = 0; i < expected.size(); i++) {
        double norm = expected.get(i).gradientNorm();
        assertThat(actual.get(i).gradientNorm()).isCloseTo(norm, within(1e-4 * norm + 1e-7));
        double term = expected.get(i).terms().get("idempotency");
        assertThat(actual.get(i).terms().get("idempotency"))
            .isCloseTo(term, within(1e-4 * term + 1e-7));
      }
      for (ParameterSpec parameter : network.parameters()) {
        assertThat(tensorFlow.parameter(parameter.name()))
            .as(parameter.name())
            .containsExactly(reference.parameter(parameter.name()), within(2e-5));
      }
    }
  }

  private static TrainingListener recorder(List<StepReport> reports) {
    return new TrainingListener() {
      @Override
      public void stepped(StepReport report) {
        reports.add(report);
      }
    };
  }
}
