package dev.idem.tf.engine;

import dev.idem.api.check.Require;
import dev.idem.api.network.Network;
import dev.idem.api.network.NetworkState;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.api.training.NetworkView.LiveNetwork;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import dev.idem.api.training.TrainingListener;
import dev.idem.api.training.TrainingLoop;
import dev.idem.api.training.TrainingLoop.StepMeasurement;
import dev.idem.api.training.TrainingState;
import dev.idem.api.training.TrainingTask;
import dev.idem.tf.engine.NetworkGraph.FedVariable;
import dev.idem.tf.tape.CustomGradients;
import dev.idem.tf.tape.GraphOps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.TensorFlow;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.RunMetadata;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;

/**
 * Trains with TensorFlow, with parameters in single precision: one graph for each run, built once,
 * and one {@code Session.run} for each step. Runs share nothing, so that several may train at once.
 *
 * <p>With the same options, task and machine a run gives the same bytes. TensorFlow reads {@code
 * TF_DETERMINISTIC_OPS} from the environment when it is loaded; on a GPU it must be 1 for that.
 *
 * <p>Gradients and outputs of a norm above 1.8e19 count as not finite, as their squares overflow
 * single precision.
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
    return ready(run(task), run -> run.train(listeners));
  }

  @Override
  public TrainedNetwork resume(
      TrainingTask task, TrainingState from, List<? extends TrainingListener> listeners) {
    return ready(run(task), run -> run.resume(from, listeners));
  }

  @Override
  public LiveNetwork open(Network network, NetworkState state) {
    state.requireFits(network);
    NetworkSession opened =
        built(
            network,
            (tf, inGraph) -> {
              inGraph.statistics().declare(state.kinds());
              return new NetworkSession(tf, inGraph, Sessions.configuration(options));
            });
    return ready(opened, session -> session.assign(state, Map.of()));
  }

  /**
   * Trains by the task's plan, whose last step it profiles.
   *
   * @throws dev.idem.api.training.DivergenceException if a step is not finite
   */
  public StepProfile profile(TrainingTask task) {
    try (Run run = run(task)) {
      return run.profile();
    }
  }

  private Run run(TrainingTask task) {
    return built(
        task.network(),
        (tf, network) -> new Run(task, tf, network, new TrainingGraph(tf, network, task), options));
  }

  /** What is built on a network in a graph of its own, which is closed if that fails. */
  private <R> R built(Network network, BiFunction<Ops, NetworkGraph, R> onNetwork) {
    Graph graph = new Graph();
    try {
      Ops tf = Sessions.place(options.device(), GraphOps.of(Ops.create(graph)));
      if (!customGradients()) {
        return onNetwork.apply(tf, new NetworkGraph(tf, network, options.precision(), null));
      }
      try (CustomGradients custom = new CustomGradients(graph)) {
        return onNetwork.apply(tf, new NetworkGraph(tf, network, options.precision(), custom));
      }
    } catch (RuntimeException | Error e) {
      graph.close();
      throw e;
    }
  }

  /** Whether products may have gradients of their own, which pay on a CPU. */
  private boolean customGradients() {
    boolean cpu =
        options.device() instanceof Device.Cpu
            || !Devices.nativeBuild().equals(GpuDiagnosis.GPU_BUILD);
    return cpu && !options.xla() && CustomGradients.available();
  }

  /** The session once {@code work} is done, or closed if that fails. */
  private static <S extends NetworkSession> S ready(S session, Consumer<S> work) {
    try {
      work.accept(session);
      return session;
    } catch (RuntimeException | Error e) {
      session.close();
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

  /** One run: its session, its step, and afterwards its network. */
  private static final class Run extends NetworkSession implements TrainedNetwork {

    private final TrainingTask task;
    private final TrainingGraph training;
    private long updates;
    private TrainingLoop.@Nullable End end;
    private boolean traces;
    private @Nullable RunMetadata lastTrace;

    Run(
        TrainingTask task,
        Ops tf,
        NetworkGraph network,
        TrainingGraph training,
        EngineOptions options) {
      super(tf, network, Sessions.configuration(options));
      this.task = task;
      this.training = training;
    }

    void train(List<? extends TrainingListener> listeners) {
      assign(TrainingState.initial(task));
      end = loop(listeners).run();
    }

    void resume(TrainingState from, List<? extends TrainingListener> listeners) {
      end = loop(listeners).resume(from, this::assign);
    }

    private void assign(TrainingState state) {
      Map<FedVariable, double[]> moments = new LinkedHashMap<>();
      training
          .updates()
          .slots()
          .forEach(
              (parameter, slots) -> {
                List<double[]> values = state.moments(parameter);
                for (int i = 0; i < slots.size(); i++) {
                  moments.put(slots.get(i), values.get(i));
                }
              });
      assign(state.network(), moments);
      updates = state.stepsDone();
    }

    StepProfile profile() {
      traces = true;
      train(List.of());
      List<Op> ends = new ArrayList<>(training.updateOps());
      ends.add(training.measurementVector());
      return StepProfile.of(ends, Objects.requireNonNull(lastTrace, "a step was traced"));
    }

    private TrainingLoop loop(List<? extends TrainingListener> listeners) {
      return new TrainingLoop(task, listeners, this, this::step, this::saved);
    }

    private TrainingState saved(long stepsDone) {
      List<Operand<TFloat32>> values = stateValues();
      values.addAll(training.updates().values());
      Function<Operand<TFloat32>, double[]> read = read(values);
      return new TrainingState(stepsDone, state(read), training.updates().moments(read));
    }

    private StepMeasurement step(
        Map<String, float[][]> batches,
        Map<String, float[][]> targets,
        Map<String, Double> factors,
        double rate) {
      Map<Placeholder<TFloat32>, TFloat32> fed = new LinkedHashMap<>();
      try {
        training
            .inputs()
            .forEach((name, x) -> fed.put(x, Rows.tensor(known(batches, name), shape())));
        training
            .targets()
            .forEach(
                (name, target) ->
                    fed.put(
                        target, Rows.tensor(known(targets, name), task.network().outputShape())));
        Map<Placeholder<TFloat32>, Double> numbers = training.updates().feeds(rate, updates + 1);
        training.factors().forEach((term, factor) -> numbers.put(factor, known(factors, term)));
        numbers.forEach((number, value) -> fed.put(number, TFloat32.scalarOf(value.floatValue())));
        Session.Runner runner = runner();
        fed.forEach(runner::feed);
        training.updateOps().forEach(runner::addTarget);
        runner.fetch(training.measurementVector());
        try (Result result = run(runner)) {
          StepMeasurement measurement =
              training.measurement(Rows.doubles((TFloat32) result.get(0)));
          updates += measurement.nonFinite() == null ? 1 : 0;
          return measurement;
        }
      } finally {
        fed.values().forEach(Tensor::close);
      }
    }

    private Result run(Session.Runner runner) {
      if (!traces) {
        return runner.run();
      }
      RunOptions trace =
          runOptions().toBuilder().setTraceLevel(RunOptions.TraceLevel.FULL_TRACE).build();
      Result result = runner.setOptions(trace).runAndFetchMetadata();
      lastTrace = result.getMetadata().orElse(null);
      return result;
    }

    private static <V> V known(Map<String, V> values, String name) {
      return Require.known(values.get(name), "input or term", name, values.keySet());
    }

    @Override
    public TrainingLoop.End end() {
      return Objects.requireNonNull(end, "the run has not ended");
    }
  }
}
