package dev.idem.tf.engine;

import dev.idem.api.network.Network;
import dev.idem.api.network.NetworkState;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.LiveNetwork;
import dev.idem.api.training.TrainedNetwork;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingListener;
import dev.idem.api.training.TrainingState;
import dev.idem.api.training.TrainingTask;
import dev.idem.tf.device.Devices;
import dev.idem.tf.device.GraphOps;
import dev.idem.tf.device.Sessions;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.tensorflow.Graph;
import org.tensorflow.TensorFlow;
import org.tensorflow.op.Ops;

/**
 * Trains with TensorFlow, with parameters in single precision: one graph for each run, built once,
 * and one {@code Session.run} for each step. Runs share nothing, so that several may train at once.
 *
 * <p>With the same options, task and machine a run gives the same bytes. TensorFlow reads {@code
 * TF_DETERMINISTIC_OPS} from the environment when it is loaded; on a GPU it must be 1 for that.
 */
public final class TensorFlowEngine implements TrainingEngine {

  private final EngineOptions options;

  /**
   * An engine.
   *
   * @throws IllegalArgumentException if the device does not exist, naming those that do, or if XLA
   *     is requested and cannot compile for it
   */
  public TensorFlowEngine(EngineOptions options) {
    this.options = options;
    new Devices(options.threads()).require(options.device());
    if (options.xla()) {
      Devices.requireXla(options);
    }
  }

  @Override
  public TrainedNetwork train(TrainingTask task, List<? extends TrainingListener> listeners) {
    return done(new TensorFlowRun(task, options), run -> run.train(listeners));
  }

  @Override
  public TrainedNetwork resume(
      TrainingTask task, TrainingState from, List<? extends TrainingListener> listeners) {
    from.requireFits(task);
    return done(new TensorFlowRun(task, options), run -> run.resume(from, listeners));
  }

  private static TrainedNetwork done(TensorFlowRun run, Consumer<TensorFlowRun> work) {
    try {
      work.accept(run);
      return run;
    } catch (RuntimeException | Error e) {
      run.close();
      throw e;
    }
  }

  @Override
  public LiveNetwork open(Network network, NetworkState state) {
    state.requireFits(network);
    Graph graph = new Graph();
    try {
      Ops tf = Sessions.place(options.device(), GraphOps.of(Ops.create(graph)));
      NetworkGraph inGraph = new NetworkGraph(tf, network, options.precision());
      inGraph.statistics().declare(state.kinds());
      NetworkSession live = new NetworkSession(graph, tf, inGraph, options);
      live.assign(state, Map.of());
      return live;
    } catch (RuntimeException | Error e) {
      graph.close();
      throw e;
    }
  }

  @Override
  public String description() {
    return "TensorFlow %s (%s), device %s, %s thread(s) a run, %s%s"
        .formatted(
            TensorFlow.version(),
            Devices.nativeBuild(),
            options.device(),
            options.threads(),
            switch (options.precision()) {
              case FLOAT32 -> "single precision";
              case MIXED_BFLOAT16 -> "products in bfloat16, the rest in single precision";
            },
            options.xla() ? ", compiled by XLA" : "");
  }
}
