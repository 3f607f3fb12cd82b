package dev.idem.tf.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.api.network.Network;
import dev.idem.api.network.NetworkState;
import dev.idem.api.strategy.CanonicalStrategy;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.SubstitutedGradient;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.api.training.Optimizer;
import dev.idem.api.training.TrainingLoop.StepMeasurement;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingState;
import dev.idem.api.training.TrainingTask;
import dev.idem.tf.engine.NetworkGraph.FedVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

class SessionsTest {

  private static final ConfigProto FEW_PASSES =
      Sessions.configuration(new EngineOptions(new Device.Cpu(), 1));

  static List<IdempotencyStrategy> strategies() {
    return List.of(
        new CanonicalStrategy(), new SubstitutedGradient(), new EveryOperation().strategy());
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void aStepHasTheBitsOfOneWithMostPasses(IdempotencyStrategy strategy) {
    ConfigProto.Builder mostPasses = FEW_PASSES.toBuilder();
    mostPasses.getGraphOptionsBuilder().setRewriteOptions(Sessions.MOST_PASSES);
    TrainingTask task = task(strategy);
    assertThat(trained(task, FEW_PASSES)).isEqualTo(trained(task, mostPasses.build()));
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void aStepInItsCallersThreadHasTheBitsOfOneInAPool(IdempotencyStrategy strategy) {
    ConfigProto pool = FEW_PASSES.toBuilder().setInterOpParallelismThreads(2).build();
    assertThat(Sessions.runOptions(FEW_PASSES)).isNotEqualTo(Sessions.runOptions(pool));
    TrainingTask task = task(strategy);
    assertThat(trained(task, FEW_PASSES)).isEqualTo(trained(task, pool));
  }

  private static TrainingTask task(IdempotencyStrategy strategy) {
    Network network = new EveryOperation().network();
    return TrainingTask.of(
        network,
        TrainingObjective.of(strategy),
        new GaussianSource(network.shape()),
        TrainingPlan.smoke().toBuilder().batchSize(6).optimizer(new Optimizer.Adam()).build());
  }

  /** The measurements of each of three steps, and the state after them. */
  private static List<Object> trained(TrainingTask task, ConfigProto configuration) {
    Ops tf = Ops.create(new Graph());
    NetworkGraph network =
        new NetworkGraph(tf, task.network(), EngineOptions.Precision.FLOAT32, null);
    TrainingGraph training = new TrainingGraph(tf, network, task);
    List<Object> trained = new ArrayList<>();
    try (NetworkSession session = new NetworkSession(tf, network, configuration)) {
      Map<FedVariable, double[]> moments = new LinkedHashMap<>();
      training.updates().slots().values().stream()
          .flatMap(List::stream)
          .forEach(slot -> moments.put(slot, new double[slot.size()]));
      session.assign(TrainingState.initial(task).network(), moments);
      for (int step = 1; step <= 3; step++) {
        trained.add(step(session, training, task, step));
      }
      NetworkState state = session.state();
      trained.add(state.statistics());
      state.parameterNames().forEach(name -> trained.add(Arrays.toString(state.parameter(name))));
    }
    return trained;
  }

  private static StepMeasurement step(
      NetworkSession session, TrainingGraph training, TrainingTask task, int step) {
    Session.Runner runner = session.runner();
    float[][] batch = task.source("x").heldOut(step, task.plan().batchSize());
    Map<Placeholder<TFloat32>, TFloat32> fed = new LinkedHashMap<>();
    training
        .inputs()
        .forEach((name, input) -> fed.put(input, Rows.tensor(batch, task.network().shape())));
    training
        .updates()
        .feeds(0.01, step)
        .forEach((number, value) -> fed.put(number, TFloat32.scalarOf(value.floatValue())));
    fed.forEach(runner::feed);
    training.updateOps().forEach(runner::addTarget);
    try (Result result = runner.fetch(training.measurementVector()).run()) {
      return training.measurement(Rows.doubles((TFloat32) result.get(0)));
    } finally {
      fed.values().forEach(Tensor::close);
    }
  }
}
