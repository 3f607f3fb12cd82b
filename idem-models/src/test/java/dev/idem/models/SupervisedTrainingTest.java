package dev.idem.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.Shape;
import dev.idem.api.network.InitialParameters;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.polynomial.IdempotentPolynomial;
import dev.idem.api.reference.ReferenceEngine;
import dev.idem.api.reference.ReferenceModel;
import dev.idem.api.reference.ReferenceTensor;
import dev.idem.api.strategy.AnchoredStrategy;
import dev.idem.api.strategy.CanonicalStrategy;
import dev.idem.api.strategy.Distance;
import dev.idem.api.strategy.FrozenTargetStrategy;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.LimitedStrategy;
import dev.idem.api.strategy.ReconstructionStrategy;
import dev.idem.api.strategy.Scale;
import dev.idem.api.strategy.SubstitutedGradient;
import dev.idem.api.strategy.TargetStrategy;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingObjective.Term;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import dev.idem.models.data.DistributionSource.Gaussian;
import dev.idem.models.data.SupervisedSource;
import dev.idem.models.initializer.Initializers;
import dev.idem.models.network.ConvAutoencoder;
import dev.idem.models.network.ConvLayer;
import dev.idem.models.network.Mlp;
import dev.idem.tf.engine.TensorFlowEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tasks beside idempotency: what terms with targets give, in both engines. */
class SupervisedTrainingTest {

  private static final int BATCH = 4;
  private static final long SEED = 11;
  private static final Network MLP =
      Mlp.of(5, 7, 5).withActivations(Activation.TANH, Activation.IDENTITY);
  private static final Network CNN =
      ConvAutoencoder.of(Shape.of(4, 4, 1), 5, new ConvLayer(3, 4, 2, 1))
          .withInitializers(Initializers.heNormal(), Initializers.zeros());

  static Stream<Arguments> strategiesOnNetworks() {
    List<IdempotencyStrategy> strategies = new ArrayList<>();
    for (Scale scale : Scale.values()) {
      strategies.add(new CanonicalStrategy(0.7, scale));
      strategies.add(new FrozenTargetStrategy(0.7, Distance.SQUARED, scale));
      strategies.add(
          new SubstitutedGradient(
              IdempotentPolynomial.cubic(), 0.7, scale, OptionalDouble.empty()));
      strategies.add(
          new SubstitutedGradient(
              IdempotentPolynomial.cubic(), 0.7, scale, OptionalDouble.of(0.1)));
      strategies.add(new LimitedStrategy(IdempotentPolynomial.cubic(), 0.7, scale, 0.5));
      strategies.add(new AnchoredStrategy(IdempotentPolynomial.cubic(), 0.3, scale, 0.5, 0.7));
    }
    return strategies.stream()
        .flatMap(strategy -> Stream.of(MLP, CNN).map(network -> Arguments.of(strategy, network)));
  }

  @ParameterizedTest
  @MethodSource("strategiesOnNetworks")
  void aTaskAndAStrategyAddTheirGradients(IdempotencyStrategy strategy, Network network) {
    ReferenceTensor x = tensor(network, new Gaussian(network.shape()).batch(1, 0, BATCH));
    ReferenceTensor t = tensor(network, new Gaussian(network.shape(), 3, 10).batch(2, 0, BATCH));
    TrainingObjective task = TrainingObjective.of(new TargetStrategy());
    Map<String, double[]> ofStrategy =
        ReferenceModel.initial(network, SEED)
            .differentiate(TrainingObjective.of(strategy), Map.of("x", x))
            .gradients();
    assertThat(ofStrategy.values())
        .anySatisfy(g -> assertThat(g).isNotEqualTo(new double[g.length]));
    Map<String, double[]> sum = gradients(network, task, x, t);
    sum.forEach((name, g) -> Arrays.setAll(g, i -> g[i] + ofStrategy.get(name)[i]));
    TrainingObjective both =
        new TrainingObjective(
            List.of(
                new Term("task", new TargetStrategy(), "x"),
                new Term("idempotency", strategy, "x")));
    assertClose(gradients(network, both, x, t), sum);
  }

  @Test
  void theTargetLossGradientIsThatOfFiniteDifferences() {
    float[][] x = new Gaussian(5).batch(1, 0, BATCH);
    float[][] t = new Gaussian(5).batch(2, 0, BATCH);
    Map<String, double[]> found =
        gradients(MLP, TrainingObjective.of(new TargetStrategy()), tensor(MLP, x), tensor(MLP, t));
    Map<String, double[]> expected = new LinkedHashMap<>();
    Map<String, double[]> values = InitialParameters.of(MLP, SEED);
    double epsilon = 1e-5;
    values.forEach(
        (name, value) -> {
          double[] gradient = new double[value.length];
          for (int i = 0; i < gradient.length; i++) {
            double at = value[i];
            value[i] = at + epsilon;
            double above = meanSquaredError(values, x, t);
            value[i] = at - epsilon;
            double below = meanSquaredError(values, x, t);
            value[i] = at;
            gradient[i] = (above - below) / (2 * epsilon);
          }
          expected.put(name, gradient);
        });
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, gradient) -> assertThat(found.get(name)).containsExactly(gradient, within(1e-8)));
  }

  @Test
  void theTargetLossOfAnInputAsItsOwnTargetIsReconstruction() {
    ReferenceTensor x = tensor(MLP, new Gaussian(5).batch(1, 0, BATCH));
    assertClose(
        gradients(MLP, TrainingObjective.of(new TargetStrategy()), x, x),
        gradients(MLP, TrainingObjective.of(new ReconstructionStrategy()), x, x));
  }

  @ParameterizedTest
  @MethodSource("strategiesOnNetworks")
  void bothEnginesTrainTaskAndIdempotencyAlike(IdempotencyStrategy strategy, Network network) {
    TrainingObjective objective =
        new TrainingObjective(
            List.of(
                new Term("task", new TargetStrategy(), "x"),
                new Term("idempotency", strategy, "x"),
                new Term("canonical", new CanonicalStrategy(), "x")));
    TrainingTask task =
        TrainingTask.of(
            network,
            objective,
            SupervisedSource.denoising(new Gaussian(network.shape()), 0.5),
            TrainingPlan.smoke().toBuilder().steps(4).batchSize(BATCH).learningRate(0.02).build());
    try (TrainedNetwork reference = new ReferenceEngine().train(task);
        TrainedNetwork tensorFlow =
            new TensorFlowEngine(new EngineOptions(new Device.Cpu(), 1)).train(task)) {
      for (ParameterSpec parameter : network.parameters()) {
        assertThat(tensorFlow.parameter(parameter.name()))
            .as("%s of %s, %s", parameter.name(), network.description(), strategy)
            .containsExactly(reference.parameter(parameter.name()), within(1e-5));
      }
    }
  }

  private static double meanSquaredError(Map<String, double[]> values, float[][] x, float[][] t) {
    double[] y = new ReferenceModel(MLP, values).apply(tensor(MLP, x)).values();
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      double difference = y[i] - t[i / 5][i % 5];
      sum += difference * difference;
    }
    return sum / y.length;
  }

  private static Map<String, double[]> gradients(
      Network network, TrainingObjective objective, ReferenceTensor x, ReferenceTensor t) {
    return ReferenceModel.initial(network, SEED)
        .differentiate(
            objective,
            Map.of(TrainingObjective.DEFAULT_INPUT, x),
            Map.of(TrainingObjective.DEFAULT_INPUT, t),
            Map.of())
        .gradients();
  }

  private static ReferenceTensor tensor(Network network, float[][] rows) {
    double[][] wide = new double[rows.length][rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length; j++) {
        wide[i][j] = rows[i][j];
      }
    }
    return ReferenceTensor.batch(network.shape(), wide);
  }

  private static void assertClose(Map<String, double[]> found, Map<String, double[]> expected) {
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, gradient) ->
            assertThat(found.get(name)).as(name).containsExactly(gradient, within(1e-12)));
  }
}
