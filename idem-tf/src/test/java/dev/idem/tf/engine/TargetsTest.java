package dev.idem.tf.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.Shape;
import dev.idem.api.data.DataSource;
import dev.idem.api.network.DenseNetwork;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.Network;
import dev.idem.api.network.NetworkState;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.reference.ReferenceEngine;
import dev.idem.api.strategy.CanonicalStrategy;
import dev.idem.api.strategy.TargetStrategy;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.api.training.NetworkView.LiveNetwork;
import dev.idem.api.training.Optimizer;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import dev.idem.api.training.TrainingListener;
import dev.idem.api.training.TrainingListener.StepReport;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingObjective.StrategyException;
import dev.idem.api.training.TrainingObjective.Term;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingState;
import dev.idem.api.training.TrainingTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every engine does with the targets of its data. */
class TargetsTest {

  private static final TrainingPlan PLAN =
      TrainingPlan.smoke().toBuilder()
          .steps(8)
          .batchSize(16)
          .learningRate(0.05)
          .optimizer(new Optimizer.Adam())
          .build();

  private static final TrainingEngine REFERENCE = new ReferenceEngine();
  private static final TrainingEngine TENSORFLOW =
      new TensorFlowEngine(new EngineOptions(new Device.Cpu(), 1));

  static Stream<TrainingEngine> engines() {
    return Stream.of(REFERENCE, TENSORFLOW);
  }

  /** Normal samples with a function of each for its target. */
  private record Taught(Shape shape, Shape answer, UnaryOperator<float[]> teacher)
      implements DataSource {
    @Override
    public float[][] batch(long seed, long step, int size) {
      return new GaussianSource(shape).batch(seed, step, size);
    }

    @Override
    public float[][] heldOut(long seed, int size) {
      return new GaussianSource(shape).heldOut(seed, size);
    }

    @Override
    public Optional<DataSource> targets() {
      return Optional.of(new Answers(this));
    }

    @Override
    public String description() {
      return "taught";
    }
  }

  private record Answers(Taught of) implements DataSource {
    @Override
    public Shape shape() {
      return of.answer();
    }

    @Override
    public float[][] batch(long seed, long step, int size) {
      return taught(of.batch(seed, step, size));
    }

    @Override
    public float[][] heldOut(long seed, int size) {
      return taught(of.heldOut(seed, size));
    }

    private float[][] taught(float[][] rows) {
      return Arrays.stream(rows).map(of.teacher()).toArray(float[][]::new);
    }

    @Override
    public String description() {
      return "answers";
    }
  }

  /** The first numbers of a map's outputs: a map whose outputs have a shape of their own. */
  private record Narrowed(Network network, int width) implements Network {
    @Override
    public Shape shape() {
      return network.shape();
    }

    @Override
    public Shape outputShape() {
      return Shape.of(width);
    }

    @Override
    public List<ParameterSpec> parameters() {
      return network.parameters();
    }

    @Override
    public <T> T apply(T x, ForwardPass<T> pass) {
      return pass.ops().slice(network.apply(x, pass), 0, width);
    }

    @Override
    public String description() {
      return network.description() + ", first " + width;
    }
  }

  private static float[] half(float[] x) {
    float[] y = new float[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = -x[i] / 2;
    }
    return y;
  }

  private static TrainingTask selfMap() {
    Network network = new DenseNetwork(Activation.TANH, 4, 9, 4);
    return new TrainingTask(
        network,
        new TrainingObjective(
            List.of(
                new Term("task", new TargetStrategy(), "x"),
                new Term("idempotency", new CanonicalStrategy(), "x"),
                new Term("idle", new CanonicalStrategy(), "z"))),
        Map.of(
            "x",
            new Taught(network.shape(), network.shape(), TargetsTest::half),
            "z",
            new GaussianSource(network.shape())),
        PLAN);
  }

  private static TrainingTask narrowing() {
    Network network = new Narrowed(new DenseNetwork(Activation.TANH, 4, 9, 4), 2);
    return TrainingTask.of(
        network,
        TrainingObjective.of(new TargetStrategy()),
        new Taught(network.shape(), network.outputShape(), x -> Arrays.copyOf(half(x), 2)),
        PLAN);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void trainingOnTargetsLearnsThem(TrainingEngine engine) {
    Network network = DenseNetwork.linear(3);
    DataSource data = new Taught(network.shape(), network.shape(), TargetsTest::half);
    TrainingTask task =
        TrainingTask.of(
            network,
            TrainingObjective.of(new TargetStrategy()),
            data,
            PLAN.toBuilder().steps(200).optimizer(new Optimizer.Sgd()).learningRate(1).build());
    try (TrainedNetwork trained = engine.train(task)) {
      float[][] found = trained.apply(data.heldOut(3, 5));
      float[][] expected = data.targets().orElseThrow().heldOut(3, 5);
      for (int i = 0; i < 5; i++) {
        assertThat(found[i]).containsExactly(expected[i], within(1e-3f));
      }
    }
  }

  @Test
  void bothEnginesAgreeOnTargetsStepByStep() {
    for (TrainingTask task : List.of(selfMap(), narrowing())) {
      List<StepReport> expected = new ArrayList<>();
      List<StepReport> actual = new ArrayList<>();
      try (TrainedNetwork reference = REFERENCE.train(task, reporter(expected));
          TrainedNetwork tensorFlow = TENSORFLOW.train(task, reporter(actual))) {
        assertThat(actual).hasSameSizeAs(expected).isNotEmpty();
        for (int i = 0; i < expected.size(); i++) {
          for (String term : expected.get(i).terms().keySet()) {
            assertThat(actual.get(i).terms().get(term))
                .as("%s at step %s", term, i)
                .isCloseTo(expected.get(i).terms().get(term), within(1e-5));
          }
        }
        float[][] x = task.source("x").heldOut(5, 3);
        float[][] y = reference.apply(x);
        for (int i = 0; i < y.length; i++) {
          assertThat(y[i]).hasSize(task.network().outputShape().size());
          assertThat(tensorFlow.apply(x)[i]).containsExactly(y[i], within(1e-4f));
        }
      }
    }
  }

  private static TrainingListener reporter(List<StepReport> reports) {
    return new TrainingListener() {
      @Override
      public void stepped(StepReport report) {
        reports.add(report);
      }
    };
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aResumedRunGetsTheTargetsOfItsSteps(TrainingEngine engine) {
    for (TrainingTask task : List.of(selfMap(), narrowing())) {
      List<TrainingState> states = new ArrayList<>();
      TrainingListener saver =
          new TrainingListener() {
            @Override
            public void saveable(long stepsDone, Supplier<TrainingState> state) {
              states.add(state.get());
            }
          };
      NetworkState whole;
      try (TrainedNetwork trained = engine.train(task, saver)) {
        whole = trained.state();
      }
      try (TrainedNetwork resumed = engine.resume(task, states.get(2), List.of())) {
        for (String name : whole.parameterNames()) {
          assertThat(resumed.parameter(name)).as(name).isEqualTo(whole.parameter(name));
        }
      }
      try (LiveNetwork opened = engine.open(task.network(), whole)) {
        assertThat(opened.apply(task.source("x").heldOut(1, 2))[0])
            .hasSize(task.network().outputShape().size());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void targetsThatAreNotFiniteAreRefusedByTheirSource(TrainingEngine engine) {
    Network network = DenseNetwork.linear(3);
    TrainingTask task =
        TrainingTask.of(
            network,
            TrainingObjective.of(new TargetStrategy()),
            new Taught(network.shape(), network.shape(), x -> new float[] {0, Float.NaN, 0}),
            PLAN);
    assertThatThrownBy(() -> engine.train(task).close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("data source (answers) gave a sample that holds NaN; samples must be finite");
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aMapWhoseOutputsHaveAnotherShapeIsNotAppliedToThem(TrainingEngine engine) {
    TrainingTask once = narrowing();
    TrainingTask twice =
        new TrainingTask(
            once.network(),
            TrainingObjective.of(new CanonicalStrategy()),
            once.inputs(),
            once.plan());
    assertThatThrownBy(() -> engine.train(twice).close())
        .isInstanceOf(StrategyException.class)
        .hasMessageContaining("term 'idempotency'")
        .hasMessageContaining("first 2) takes samples of shape [4], not [2]");
  }
}
