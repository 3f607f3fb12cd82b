package dev.idem.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.api.algebra.Shape;
import dev.idem.api.data.DataSource;
import dev.idem.api.network.Network;
import dev.idem.api.network.NetworkState;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.reference.ReferenceEngine;
import dev.idem.api.strategy.ReconstructionStrategy;
import dev.idem.api.strategy.SubstitutedGradient;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.api.training.NetworkView;
import dev.idem.api.training.Optimizer;
import dev.idem.api.training.Schedule;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import dev.idem.api.training.TrainingListener;
import dev.idem.api.training.TrainingListener.StepReport;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingObjective.Term;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingState;
import dev.idem.api.training.TrainingTask;
import dev.idem.models.data.DistributionSource.Gaussian;
import dev.idem.models.network.ConvAutoencoder;
import dev.idem.models.network.ConvLayer;
import dev.idem.models.network.Mlp;
import dev.idem.models.network.Normalization;
import dev.idem.tf.engine.TensorFlowEngine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A run that goes on from a saved state is the run that was never interrupted, to the last bit. */
class ResumeTest {

  private static final int STEPS = 7;

  /** Keeps every state and report of a run. */
  private static final class Recorder implements TrainingListener {
    private final Map<Long, TrainingState> states = new LinkedHashMap<>();
    private final List<StepReport> reports = new ArrayList<>();
    private final List<Long> evaluations = new ArrayList<>();

    @Override
    public void stepped(StepReport report) {
      reports.add(report);
    }

    @Override
    public void evaluated(long stepsDone, NetworkView network) {
      evaluations.add(stepsDone);
    }

    @Override
    public void saveable(long stepsDone, Supplier<TrainingState> state) {
      states.put(stepsDone, state.get());
    }
  }

  static Stream<Arguments> runs() {
    List<TrainingEngine> engines =
        List.of(
            new ReferenceEngine(), new TensorFlowEngine(new EngineOptions(new Device.Cpu(), 1)));
    List<Network> networks =
        List.of(
            Mlp.of(5, 8, 5),
            ConvAutoencoder.of(Shape.of(8, 8, 1), 6, new ConvLayer(3, 4, 2, 1))
                .withNormalization(Normalization.batch()));
    List<Optimizer> optimizers =
        List.of(
            new Optimizer.Sgd(),
            new Optimizer.Momentum(0.9),
            new Optimizer.Adam(),
            new Optimizer.AdamW());
    return engines.stream()
        .flatMap(
            engine ->
                networks.stream()
                    .flatMap(
                        network ->
                            optimizers.stream()
                                .map(optimizer -> Arguments.of(engine, task(network, optimizer)))));
  }

  private static TrainingTask task(Network network, Optimizer optimizer) {
    TrainingPlan plan =
        TrainingPlan.smoke().toBuilder()
            .steps(STEPS)
            .batchSize(6)
            .learningRate(0.05)
            .optimizer(optimizer)
            .schedule(new Schedule.WarmUp(3, new Schedule.Cosine(0)))
            .clipNorm(0.5)
            .evaluateEvery(2)
            .build();
    TrainingObjective objective =
        new TrainingObjective(
            List.of(
                new Term("reconstruction", new ReconstructionStrategy(), "x"),
                new Term(
                    "idempotency", new SubstitutedGradient(), "z", new Schedule.Ramp(0, 1, 1, 5))));
    DataSource x = new Gaussian(network.shape(), 0, 1);
    return new TrainingTask(network, objective, Map.of("x", x, "z", x), plan);
  }

  @ParameterizedTest
  @MethodSource("runs")
  void goesOnFromAnyStepAsIfItHadNeverStopped(TrainingEngine engine, TrainingTask task) {
    Recorder whole = new Recorder();
    NetworkState end;
    try (TrainedNetwork network = engine.train(task, whole)) {
      end = network.state();
    }
    assertThat(whole.states).hasSize(STEPS);
    for (long from : new long[] {1, 4, STEPS}) {
      Recorder rest = new Recorder();
      try (TrainedNetwork network = engine.resume(task, whole.states.get(from), List.of(rest))) {
        assertSame(task.network(), network.state(), end);
        assertThat(network.steps()).isEqualTo(STEPS);
      }
      assertThat(rest.reports).isEqualTo(whole.reports.subList((int) from, STEPS));
      assertThat(rest.evaluations)
          .isEqualTo(whole.evaluations.stream().filter(step -> step > from).toList());
    }
  }

  private static void assertSame(Network network, NetworkState found, NetworkState expected) {
    for (ParameterSpec parameter : network.parameters()) {
      assertThat(found.parameter(parameter.name()))
          .as(parameter.name())
          .isEqualTo(expected.parameter(parameter.name()));
    }
    assertThat(found.statistics()).isEqualTo(expected.statistics());
  }

  @Test
  void refusesAStateOfAnotherTask() {
    TrainingTask task = task(Mlp.of(5, 8, 5), new Optimizer.Adam());
    Recorder recorder = new Recorder();
    TrainingEngine engine = new ReferenceEngine();
    engine.train(task, recorder).close();
    TrainingState state = recorder.states.get(3L);

    assertThatThrownBy(
            () -> engine.resume(task(Mlp.of(5, 9, 5), new Optimizer.Adam()), state, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("values; shape");
    assertThatThrownBy(
            () -> engine.resume(task(Mlp.of(5, 8, 5), new Optimizer.Sgd()), state, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has 2 moments; SGD keeps 0");
    TrainingTask shorter =
        new TrainingTask(
            task.network(),
            task.objective().withSchedules(Map.of("idempotency", new Schedule.Constant())),
            task.inputs(),
            task.plan().toBuilder().steps(2).schedule(new Schedule.Cosine(0)).build());
    assertThatThrownBy(() -> engine.resume(shorter, state, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 steps are done, the plan has 2");
  }
}
