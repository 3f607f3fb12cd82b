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
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.api.training.Optimizer;
import dev.idem.api.training.Schedule;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import dev.idem.api.training.TrainingListener;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingState;
import dev.idem.api.training.TrainingTask;
import dev.idem.tf.engine.NetworkGraph.FedVariable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;

class XlaTest {

  private static final EngineOptions PLAIN = new EngineOptions(new Device.Cpu(), 1);
  private static final EngineOptions COMPILED = PLAIN.withXla(true);
  private static final Network NETWORK = new DenseNetwork(Activation.TANH, 6, 10, 6);

  private static TrainingTask task() {
    TrainingPlan plan =
        TrainingPlan.smoke().toBuilder()
            .steps(6)
            .batchSize(16)
            .learningRate(1e-2)
            .optimizer(new Optimizer.Adam())
            .build();
    return TrainingTask.of(
        NETWORK,
        TrainingObjective.of(new CanonicalStrategy()),
        new GaussianSource(NETWORK.shape()),
        plan);
  }

  private static TrainingTask ramped() {
    TrainingObjective objective =
        task().objective().withSchedules(Map.of("idempotency", new Schedule.Ramp(0, 2, 1, 5)));
    return new TrainingTask(NETWORK, objective, task().inputs(), task().plan());
  }

  /** The operations that a training step ran, after whatever TensorFlow makes of the graph. */
  private static List<String> run(EngineOptions options) {
    Graph graph = new Graph();
    Ops tf = Sessions.place(options.device(), Ops.create(graph));
    NetworkGraph network = new NetworkGraph(tf, NETWORK, options.precision(), null);
    TrainingGraph training = new TrainingGraph(tf, network, task());
    try (NetworkSession session = assigned(tf, network, training, options);
        TFloat32 batch = Rows.tensor(task().source("x").heldOut(1, 16), NETWORK.shape());
        Result result =
            session
                .runner()
                .feed(training.inputs().values().iterator().next(), batch)
                .fetch(training.measurementVector())
                .setOptions(RunOptions.newBuilder().setOutputPartitionGraphs(true).build())
                .runAndFetchMetadata()) {
      return result.getMetadata().orElseThrow().getPartitionGraphsList().stream()
          .flatMap(partition -> partition.getNodeList().stream())
          .map(NodeDef::getOp)
          .toList();
    }
  }

  private static NetworkSession assigned(
      Ops tf, NetworkGraph network, TrainingGraph training, EngineOptions options) {
    NetworkSession session = new NetworkSession(tf, network, Sessions.configuration(options));
    Map<FedVariable, double[]> zeros = new LinkedHashMap<>();
    training.updates().slots().values().stream()
        .flatMap(List::stream)
        .forEach(slot -> zeros.put(slot, new double[slot.size()]));
    session.assign(new NetworkState(InitialParameters.of(NETWORK, 1), Map.of()), zeros);
    return session;
  }

  @Test
  void productsOfAStepAreCompiledIfAskedForAndOnlyThen() {
    assertThat(run(COMPILED)).contains("_XlaRun").noneMatch(type -> type.contains("MatMul"));
    assertThat(run(PLAIN)).doesNotContain("_XlaRun").anyMatch(type -> type.contains("MatMul"));
  }

  @Test
  void compiledStepsAgreeWithOthersWithinSinglePrecision() {
    try (TrainedNetwork plain = new TensorFlowEngine(PLAIN).train(ramped());
        TrainedNetwork compiled = new TensorFlowEngine(COMPILED).train(ramped())) {
      for (ParameterSpec parameter : NETWORK.parameters()) {
        assertThat(compiled.parameter(parameter.name()))
            .containsExactly(plain.parameter(parameter.name()), within(2e-5));
      }
    }
  }

  @Test
  void aCompiledRunResumesToTheSameBits() {
    TrainingEngine engine = new TensorFlowEngine(COMPILED);
    assertThat(engine.description()).endsWith("compiled by XLA");
    Map<Long, TrainingState> states = new HashMap<>();
    TrainingListener saving =
        new TrainingListener() {
          @Override
          public void saveable(long stepsDone, Supplier<TrainingState> state) {
            states.put(stepsDone, state.get());
          }
        };
    try (TrainedNetwork whole = engine.train(ramped(), List.of(saving));
        TrainedNetwork resumed = engine.resume(ramped(), states.get(3L), List.of())) {
      for (ParameterSpec parameter : NETWORK.parameters()) {
        assertThat(resumed.parameter(parameter.name()))
            .containsExactly(whole.parameter(parameter.name()));
      }
    }
  }
}
