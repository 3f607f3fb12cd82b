package dev.idem.tf.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.Shape;
import dev.idem.api.algebra.TensorAlgebra;
import dev.idem.api.network.DenseNetwork;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.network.ParameterSpec.Initializer;
import dev.idem.api.strategy.CanonicalStrategy;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.Iterates;
import dev.idem.api.strategy.Objective;
import dev.idem.api.strategy.Objective.Loss;
import dev.idem.api.strategy.Scale;
import dev.idem.api.strategy.SubstitutedGradient;
import dev.idem.api.training.DivergenceException;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.api.training.NetworkView;
import dev.idem.api.training.Schedule;
import dev.idem.api.training.StopRule;
import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import dev.idem.api.training.TrainingListener;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingObjective.Term;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class TensorFlowEngineTest {

  private static final TensorFlowEngine ENGINE =
      new TensorFlowEngine(new EngineOptions(new Device.Cpu(), 1));
  private static final Network NETWORK = new DenseNetwork(Activation.TANH, 6, 10, 6);
  private static final TrainingPlan PLAN =
      TrainingPlan.smoke().toBuilder().steps(40).batchSize(32).evaluateEvery(15).build();

  @Test
  void sameTaskTwiceGivesTheSameBits() {
    try (TrainedNetwork first = ENGINE.train(task(new SubstitutedGradient(), PLAN));
        TrainedNetwork second = ENGINE.train(task(new SubstitutedGradient(), PLAN))) {
      assertSameParameters(first, second);
    }
  }

  @Test
  void otherSeedGivesOtherParameters() {
    try (TrainedNetwork first = ENGINE.train(task(new SubstitutedGradient(), PLAN));
        TrainedNetwork second =
            ENGINE.train(
                task(new SubstitutedGradient(), PLAN.toBuilder().seed(PLAN.seed() + 1).build()))) {
      assertThat(first.parameter("kernel.0")).isNotEqualTo(second.parameter("kernel.0"));
    }
  }

  @Test
  void runsInParallelThreadsGiveTheSameBitsAsAlone()
      throws InterruptedException, ExecutionException {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try (TrainedNetwork alone = ENGINE.train(task(new CanonicalStrategy(), PLAN))) {
      List<Future<TrainedNetwork>> runs = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        runs.add(pool.submit(() -> ENGINE.train(task(new CanonicalStrategy(), PLAN))));
      }
      for (Future<TrainedNetwork> run : runs) {
        try (TrainedNetwork network = run.get()) {
          assertSameParameters(alone, network);
        }
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static void assertSameParameters(TrainedNetwork first, TrainedNetwork second) {
    for (ParameterSpec parameter : NETWORK.parameters()) {
      assertThat(first.parameter(parameter.name()))
          .containsExactly(second.parameter(parameter.name()));
    }
  }

  @Test
  void iterateAppliesTheNetworkThatManyTimes() {
    try (TrainedNetwork network = ENGINE.train(task(new CanonicalStrategy(), PLAN))) {
      float[][] x = new GaussianSource(NETWORK.shape()).heldOut(1, 7);
      assertThat(network.iterate(x, 0)).isDeepEqualTo(x);
      assertThat(network.iterate(x, 3))
          .isDeepEqualTo(network.apply(network.apply(network.apply(x))));
      assertThatThrownBy(() -> network.iterate(x, -1)).hasMessageContaining("k (-1)");
      assertThatThrownBy(() -> network.apply(new float[0][])).hasMessageContaining("at least one");
      assertThatThrownBy(() -> network.apply(new float[2][5]))
          .hasMessageContaining("sample 0 has width 5");
      assertThatThrownBy(() -> network.parameter("kernel.9"))
          .hasMessageContaining("unknown parameter 'kernel.9'")
          .hasMessageContaining("kernel.0");
    }
  }

  @Test
  void closedNetworkSaysSoAndClosesTwice() {
    TrainedNetwork network = ENGINE.train(task(new CanonicalStrategy(), PLAN));
    network.close();
    network.close();
    assertThatThrownBy(() -> network.apply(new float[1][6])).hasMessageContaining("closed");
  }

  @Test
  void evaluatesBeforeTheFirstStepOnScheduleAndAfterTheLast() {
    List<Long> evaluated = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void evaluated(long stepsDone, NetworkView network) {
            evaluated.add(stepsDone);
          }
        };
    try (TrainedNetwork network = ENGINE.train(task(new CanonicalStrategy(), PLAN), listener)) {
      assertThat(evaluated).containsExactly(0L, 15L, 30L, 40L);
      assertThat(network.steps()).isEqualTo(40);
      assertThat(network.stopReason()).isEqualTo("completed");
    }
  }

  @Test
  void stopRuleEndsTheRunWithItsReason() {
    TrainingPlan plan = PLAN.toBuilder().stopRules(new StopRule.GradientNormBelow(1e9)).build();
    try (TrainedNetwork network = ENGINE.train(task(new CanonicalStrategy(), plan))) {
      assertThat(network.steps()).isEqualTo(1);
      assertThat(network.stopReason()).contains("gradient norm").contains("is below 1.0E9");
    }
  }

  @Test
  void divergenceStopsAtItsStepNamesTheTensorAndKeepsTheLastFiniteValues() {
    TrainingPlan plan = PLAN.toBuilder().learningRate(1e6).build();
    List<Double> finite = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void evaluated(long stepsDone, NetworkView network) {
            for (double value : network.parameter("kernel.0")) {
              finite.add(value);
            }
          }
        };
    TrainingTask task =
        TrainingTask.of(
            DenseNetwork.linear(6),
            TrainingObjective.of(new SubstitutedGradient()),
            new GaussianSource(NETWORK.shape()),
            plan);
    DivergenceException divergence =
        catchThrowableOfType(DivergenceException.class, () -> ENGINE.train(task, listener).close());
    assertThat(divergence.step()).isBetween(1L, 39L);
    assertThat(divergence.tensor()).isIn("output f(x)", "term idempotency", "gradient of kernel.0");
    assertThat(divergence.lastFinite().step()).isEqualTo(divergence.step() - 1);
    assertThat(divergence)
        .hasMessageContaining("diverged at step " + divergence.step())
        .hasMessageContaining("last finite values, at step " + (divergence.step() - 1))
        .hasMessageContaining("lower the learning rate");
    assertThat(finite).allMatch(Double::isFinite);
  }

  @Test
  void stepThatIsNotFiniteChangesNoParameter() {
    List<double[]> before = new ArrayList<>();
    List<double[]> after = new ArrayList<>();
    NetworkView[] live = new NetworkView[1];
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void evaluated(long stepsDone, NetworkView network) {
            live[0] = network;
            before.add(network.parameter("kernel.0"));
          }

          @Override
          public void diverged(DivergenceException divergence) {
            after.add(live[0].parameter("kernel.0"));
          }
        };
    TrainingTask task =
        TrainingTask.of(
            DenseNetwork.linear(6),
            TrainingObjective.of(new SqrtOfNegative()),
            new GaussianSource(NETWORK.shape()),
            PLAN);
    assertThatThrownBy(() -> ENGINE.train(task, listener).close())
        .isInstanceOf(DivergenceException.class)
        .hasMessageContaining("step 0")
        .hasMessageContaining("no step was finite");
    assertThat(after).hasSize(1);
    assertThat(after.get(0)).containsExactly(before.get(0));
  }

  private record SqrtOfNegative() implements IdempotencyStrategy {
    @Override
    public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
      T negative = ops.add(ops.multiply(ops.sum(ops.square(f.output())), -1), -1);
      return new Loss<>(ops.sqrt(negative));
    }
  }

  @Test
  void lossAndOutputGradientOnTheSamePathAddUp() {
    TrainingPlan one = PLAN.toBuilder().steps(1).learningRate(1e-3).build();
    double[] start;
    try (TrainedNetwork untouched =
        ENGINE.train(task(new CanonicalStrategy(), one.toBuilder().learningRate(1e-30).build()))) {
      start = untouched.parameter("kernel.0");
    }
    double[] loss = moved(List.of(term("loss", new CanonicalStrategy())), one, start);
    double[] substituted =
        moved(List.of(term("substituted", new SubstitutedGradient())), one, start);
    double[] both =
        moved(
            List.of(
                term("loss", new CanonicalStrategy()),
                term("substituted", new SubstitutedGradient())),
            one,
            start);
    for (int i = 0; i < both.length; i++) {
      assertThat(both[i]).isCloseTo(loss[i] + substituted[i], within(2e-7));
    }
    assertThat(both).isNotEqualTo(loss).isNotEqualTo(substituted);
  }

  private static Term term(String name, IdempotencyStrategy strategy) {
    return new Term(name, strategy, "x");
  }

  private static double[] moved(List<Term> terms, TrainingPlan plan, double[] start) {
    TrainingTask task =
        TrainingTask.of(
            NETWORK, new TrainingObjective(terms), new GaussianSource(NETWORK.shape()), plan);
    try (TrainedNetwork network = ENGINE.train(task)) {
      double[] moved = network.parameter("kernel.0");
      for (int i = 0; i < moved.length; i++) {
        moved[i] -= start[i];
      }
      return moved;
    }
  }

  @Test
  void aScheduleThatIsAlwaysOneChangesNoBit() {
    Schedule one = new Schedule.Ramp(1, 1, 0, 1);
    List<Term> plain =
        List.of(
            term("loss", new CanonicalStrategy()), term("substituted", new SubstitutedGradient()));
    double[] zeros = new double[60];
    assertThat(moved(plain.stream().map(term -> term.withSchedule(one)).toList(), PLAN, zeros))
        .isEqualTo(moved(plain, PLAN, zeros));
  }

  @Test
  void aTermOfFactorZeroMovesNothingAndStillEndsARunThatIsNotFinite() {
    Schedule off = new Schedule.Ramp(0, 0, 0, 1);
    double[] zeros = new double[60];
    List<Term> first = List.of(term("loss", new CanonicalStrategy()));
    Term idle = term("substituted", new SubstitutedGradient()).withSchedule(off);
    assertThat(moved(List.of(first.get(0), idle), PLAN, zeros))
        .isEqualTo(moved(first, PLAN, zeros));
    Term bad = term("bad", new SqrtOfNegative()).withSchedule(off);
    assertThatThrownBy(() -> moved(List.of(first.get(0), bad), PLAN, zeros))
        .isInstanceOf(DivergenceException.class)
        .hasMessageContaining("term bad");
  }

  @Test
  void twoInputsEachGetTheirOwnTerm() {
    TrainingObjective objective =
        new TrainingObjective(
            List.of(
                new Term("data", new CanonicalStrategy(), "x"),
                new Term("noise", new SubstitutedGradient(), "z")));
    List<Map<String, Double>> terms = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void stepped(TrainingListener.StepReport report) {
            terms.add(report.terms());
          }
        };
    TrainingTask task =
        new TrainingTask(
            NETWORK,
            objective,
            Map.of(
                "x", new GaussianSource(NETWORK.shape()), "z", new GaussianSource(NETWORK.shape())),
            PLAN);
    ENGINE.train(task, listener).close();
    assertThat(terms)
        .hasSize(40)
        .allMatch(term -> term.keySet().equals(java.util.Set.of("data", "noise")));
  }

  @Test
  void networkThatChangesTheShapeIsRefusedByName() {
    Network narrowing =
        new Network() {
          @Override
          public Shape shape() {
            return Shape.of(6);
          }

          @Override
          public List<ParameterSpec> parameters() {
            return List.of(new ParameterSpec("kernel", Shape.of(6, 4), 6, 4, Initializer.ZEROS));
          }

          @Override
          public <T> T apply(T x, ForwardPass<T> pass) {
            return pass.ops().matMul(x, pass.parameter("kernel"));
          }

          @Override
          public String description() {
            return "narrowing";
          }
        };
    TrainingTask task =
        TrainingTask.of(
            narrowing,
            TrainingObjective.of(new CanonicalStrategy()),
            new GaussianSource(Shape.of(6)),
            PLAN);
    assertThatThrownBy(() -> ENGINE.train(task))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("narrowing")
        .hasMessageContaining("[6]")
        .hasMessageContaining("[4]");
  }

  @Test
  void namedGpuThatIsNotThereIsRefusedWithTheDevicesThatAre() {
    assertThatThrownBy(() -> new TensorFlowEngine(new EngineOptions(new Device.Gpu(15), 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gpu:15")
        .hasMessageContaining("cpu");
  }

  private static TrainingTask task(IdempotencyStrategy strategy, TrainingPlan plan) {
    return TrainingTask.of(
        NETWORK, TrainingObjective.of(strategy), new GaussianSource(NETWORK.shape()), plan);
  }

  @Test
  void slidesScaleIsTheDefaultTimesTheBatchSize() {
    TrainingPlan plan = PLAN.toBuilder().learningRate(0.01).build();
    TrainingPlan slides = plan.toBuilder().learningRate(0.01 / plan.batchSize()).build();
    try (TrainedNetwork mean = ENGINE.train(task(new CanonicalStrategy(), plan));
        TrainedNetwork sum =
            ENGINE.train(task(new CanonicalStrategy(1, Scale.WIDTH_MEAN), slides))) {
      assertThat(sum.parameter("kernel.0"))
          .containsExactly(mean.parameter("kernel.0"), within(1e-6));
    }
  }
}
