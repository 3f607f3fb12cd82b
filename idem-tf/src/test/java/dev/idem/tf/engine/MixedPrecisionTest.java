package dev.idem.tf.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Activation;
import dev.idem.api.network.DenseNetwork;
import dev.idem.api.network.InitialParameters;
import dev.idem.api.network.Network;
import dev.idem.api.network.NetworkState;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.strategy.CanonicalStrategy;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.SubstitutedGradient;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.api.training.EngineOptions.Precision;
import dev.idem.api.training.Optimizer;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;

class MixedPrecisionTest {

  private static final Set<String> PRODUCTS =
      Set.of("MatMul", "Conv2D", "Conv2DBackpropInput", "Conv2DBackpropFilter");

  private static final EngineOptions OPTIONS = new EngineOptions(new Device.Cpu(), 1);
  private static final TrainingEngine SINGLE = new TensorFlowEngine(OPTIONS);
  private static final TrainingEngine MIXED =
      new TensorFlowEngine(OPTIONS.withPrecision(Precision.MIXED_BFLOAT16));

  private static final EveryOperation EVERY = new EveryOperation();
  private static final Network DENSE = new DenseNetwork(Activation.TANH, 6, 10, 6);

  private static TrainingTask task(
      Network network, IdempotencyStrategy strategy, Optimizer optimizer, double rate, int steps) {
    TrainingPlan plan =
        TrainingPlan.smoke().toBuilder()
            .steps(steps)
            .batchSize(32)
            .learningRate(rate)
            .optimizer(optimizer)
            .seed(3)
            .build();
    return TrainingTask.of(
        network, TrainingObjective.of(strategy), new GaussianSource(network.shape()), plan);
  }

  private static TrainingTask task(IdempotencyStrategy strategy) {
    return task(DENSE, strategy, new Optimizer.Adam(), 1e-2, 200);
  }

  /** The operations of a training graph on tensors of a type. */
  private static Set<String> operations(Precision precision, DataType type) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      TrainingTask task = task(EVERY.network(), EVERY.strategy(), new Optimizer.AdamW(), 0.1, 1);
      NetworkGraph network = new NetworkGraph(tf, EVERY.network(), precision, null);
      assertThat(new TrainingGraph(tf, network, task).updateOps()).isNotEmpty();
      return graph.toGraphDef().getNodeList().stream()
          .filter(node -> types(node).contains(type))
          .map(NodeDef::getOp)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Set<DataType> types(NodeDef node) {
    return node.getAttrMap().values().stream()
        .filter(value -> value.getValueCase() == AttrValue.ValueCase.TYPE)
        .map(AttrValue::getType)
        .collect(Collectors.toSet());
  }

  @Test
  void productsAreInBfloat16ForwardAndBackAndNothingElseIs() {
    assertThat(operations(Precision.MIXED_BFLOAT16, DataType.DT_FLOAT))
        .doesNotContainAnyElementsOf(PRODUCTS)
        .contains("Cast", "VariableV2", "AddN", "ApplyAdam", "Mean", "LogSoftmax");
    Set<String> low = operations(Precision.MIXED_BFLOAT16, DataType.DT_BFLOAT16);
    assertThat(low).containsAll(PRODUCTS).contains("Cast");
    low.removeAll(PRODUCTS);
    assertThat(low).isSubsetOf("Cast", "Shape"); // the shape of what is multiplied
  }

  @Test
  void nothingIsInBfloat16UnlessAskedFor() {
    assertThat(OPTIONS.precision()).isEqualTo(Precision.FLOAT32);
    assertThat(operations(Precision.FLOAT32, DataType.DT_BFLOAT16)).isEmpty();
    assertThat(SINGLE.description()).endsWith("single precision");
    assertThat(MIXED.description()).contains("bfloat16");
  }

  static Stream<IdempotencyStrategy> strategies() {
    return Stream.of(new CanonicalStrategy(), new SubstitutedGradient());
  }

  /** Within a third of error / power, and 5 % of power. */
  @ParameterizedTest
  @MethodSource("strategies")
  void trainingEndsAtAComparableError(IdempotencyStrategy strategy) {
    try (TrainedNetwork single = SINGLE.train(task(strategy));
        TrainedNetwork mixed = MIXED.train(task(strategy));
        TrainedNetwork begun = SINGLE.train(task(DENSE, strategy, new Optimizer.Sgd(), 1e-6, 1))) {
      double error = relativeError(single);
      assertThat(error).isLessThan(relativeError(begun) / 2);
      assertThat(relativeError(mixed)).isCloseTo(error, within(error / 3));
      assertThat(power(mixed.apply(samples())))
          .isCloseTo(power(single.apply(samples())), within(0.05 * power(single.apply(samples()))));
    }
  }

  private static float[][] samples() {
    return new GaussianSource(DENSE.shape()).heldOut(1, 64);
  }

  private static double relativeError(TrainedNetwork network) {
    float[][] y = network.apply(samples());
    float[][] again = network.apply(y);
    for (int i = 0; i < y.length; i++) {
      for (int j = 0; j < y[i].length; j++) {
        again[i][j] -= y[i][j];
      }
    }
    return power(again) / power(y);
  }

  private static double power(float[][] rows) {
    double sum = 0;
    for (float[] row : rows) {
      for (float value : row) {
        sum += (double) value * value;
      }
    }
    return sum / rows.length;
  }

  @Test
  void sameTaskTwiceGivesTheSameBitsAndOthersThanSinglePrecision() {
    TrainingTask task = task(EVERY.network(), EVERY.strategy(), new Optimizer.Adam(), 1e-3, 5);
    try (TrainedNetwork first = MIXED.train(task);
        TrainedNetwork second = MIXED.train(task);
        TrainedNetwork single = SINGLE.train(task)) {
      for (ParameterSpec parameter : EVERY.network().parameters()) {
        String name = parameter.name();
        assertThat(first.parameter(name)).containsExactly(second.parameter(name));
        assertThat(first.parameter(name)).isNotEqualTo(single.parameter(name));
      }
    }
  }

  /** Steps of 1e-5 of a parameter, where bfloat16 has steps of 1/256: lost, were it stored so. */
  @Test
  void parametersTakeUpdatesThatBfloat16CouldNotHold() {
    double rate = 1e-5;
    Map<String, double[]> initial = InitialParameters.of(DENSE, 3);
    try (TrainedNetwork mixed =
        MIXED.train(task(DENSE, new CanonicalStrategy(), new Optimizer.Adam(), rate, 10))) {
      double[] before = initial.get("kernel.0");
      double[] after = mixed.parameter("kernel.0");
      for (int i = 0; i < before.length; i++) {
        assertThat(Math.abs(after[i] - before[i])).isBetween(rate, 11 * rate);
      }
    }
  }

  @Test
  void whatIsTrainedInOnePrecisionIsOpenedInTheOther() {
    NetworkState state;
    float[][] mixed;
    try (TrainedNetwork trained = MIXED.train(task(new CanonicalStrategy()))) {
      state = trained.state();
      mixed = trained.apply(samples());
    }
    try (var single = SINGLE.open(DENSE, state);
        var again = MIXED.open(DENSE, state)) {
      assertThat(again.apply(samples())).isDeepEqualTo(mixed);
      float[][] exact = single.apply(samples());
      assertThat(exact).isNotEqualTo(mixed);
      for (int i = 0; i < mixed.length; i++) {
        assertThat(doubles(mixed[i])).containsExactly(doubles(exact[i]), within(0.02));
      }
    }
  }

  private static double[] doubles(float[] row) {
    double[] wide = new double[row.length];
    Arrays.setAll(wide, i -> (double) row[i]);
    return wide;
  }
}
