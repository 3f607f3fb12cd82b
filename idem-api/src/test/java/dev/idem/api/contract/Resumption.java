package dev.idem.api.contract;

import dev.idem.api.data.DataSource;
import dev.idem.api.network.Network;
import dev.idem.api.network.NetworkState;
import dev.idem.api.reference.ReferenceEngine;
import dev.idem.api.training.NetworkView.LiveNetwork;
import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import dev.idem.api.training.TrainingListener;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingState;
import dev.idem.api.training.TrainingTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** A short run, and the same run interrupted and resumed with new objects. */
final class Resumption {

  private static final int STEPS = 4;

  private Resumption() {}

  /** Requires that both end with the same bits, and that the end opens elsewhere. */
  static void require(
      String culprit,
      Supplier<Network> network,
      Supplier<TrainingObjective> objective,
      double rate) {
    ReferenceEngine engine = new ReferenceEngine();
    AtomicReference<TrainingState> middle = new AtomicReference<>();
    TrainingListener saver =
        new TrainingListener() {
          @Override
          public void saveable(long stepsDone, Supplier<TrainingState> state) {
            if (stepsDone == STEPS / 2) {
              middle.set(state.get());
            }
          }
        };
    End end =
        Rule.of(
            culprit,
            "in training",
            () -> end(engine.train(task(network, objective, rate), List.of(saver))));
    NetworkState whole = end.state;
    NetworkState resumed =
        Rule.of(
                culprit,
                "when a run was resumed",
                () -> end(engine.resume(task(network, objective, rate), middle.get(), List.of())))
            .state;
    for (String name : whole.parameterNames()) {
      Rule.require(
          Arrays.equals(whole.parameter(name), resumed.parameter(name)),
          "%s: a run that was resumed after %s steps ends with another %s than one that was not;"
              + " keep nothing between steps",
          culprit,
          STEPS / 2,
          name);
    }
    Rule.require(
        whole.statistics().equals(resumed.statistics()),
        "%s: a run that was resumed after %s steps ends with other running statistics",
        culprit,
        STEPS / 2);
    List<List<Float>> opened =
        Rule.of(
            culprit,
            "when its state was opened",
            () -> {
              try (LiveNetwork live = engine.open(network.get(), whole)) {
                return outputs(live);
              }
            });
    Rule.require(
        opened.equals(end.outputs),
        "%s: made again and opened with a run's state, the network gives other outputs than in the"
            + " run; it must depend on its settings and parameters only",
        culprit);
  }

  private record End(NetworkState state, List<List<Float>> outputs) {}

  private static End end(TrainedNetwork trained) {
    try (trained) {
      return new End(trained.state(), outputs(trained));
    }
  }

  private static List<List<Float>> outputs(LiveNetwork network) {
    List<List<Float>> outputs = new ArrayList<>();
    for (float[] row : network.apply(new Batches.Normal(network.shape()).heldOut(1, 2))) {
      List<Float> output = new ArrayList<>();
      for (float value : row) {
        output.add(value);
      }
      outputs.add(output);
    }
    return outputs;
  }

  private static TrainingTask task(
      Supplier<Network> network, Supplier<TrainingObjective> objective, double rate) {
    Network made = network.get();
    TrainingPlan plan =
        TrainingPlan.smoke().toBuilder().steps(STEPS).batchSize(3).learningRate(rate).build();
    DataSource source = new Batches.Normal(made.shape(), made.outputShape());
    return TrainingTask.of(made, objective.get(), source, plan);
  }
}
