package dev.idem.tf.engine;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.network.InitialParameters;
import dev.idem.api.network.NetworkState;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.TrainedNetwork;
import dev.idem.api.training.TrainingListener;
import dev.idem.api.training.TrainingLoop;
import dev.idem.api.training.TrainingLoop.StepMeasurement;
import dev.idem.api.training.TrainingState;
import dev.idem.api.training.TrainingTask;
import dev.idem.tf.device.GraphOps;
import dev.idem.tf.device.Sessions;
import dev.idem.tf.engine.TrainingGraph.Measured;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** One run: its graph, its session, its step, and afterwards its network. */
final class TensorFlowRun implements TrainedNetwork {

  private final TrainingTask task;
  private final TrainingGraph training;
  private final NetworkSession live;
  private long updates;
  private TrainingLoop.@Nullable End end;

  TensorFlowRun(TrainingTask task, EngineOptions options) {
    this.task = task;
    Graph graph = new Graph();
    try {
      Ops tf = Sessions.place(options.device(), GraphOps.of(Ops.create(graph)));
      NetworkGraph network = new NetworkGraph(tf, task.network(), options.precision());
      training = new TrainingGraph(tf, network, task);
      live = new NetworkSession(graph, tf, network, options);
    } catch (RuntimeException | Error e) {
      graph.close();
      throw e;
    }
  }

  void train(List<? extends TrainingListener> listeners) {
    Map<String, double[]> initial = InitialParameters.of(task.network(), task.plan().seed());
    live.assign(new NetworkState(initial, Map.of()), training.updates().zeros());
    end = loop(listeners).run();
  }

  void resume(TrainingState from, List<? extends TrainingListener> listeners) {
    live.assign(from.network(), training.updates().assignments(from));
    updates = from.stepsDone();
    end = loop(listeners).resume(from.stepsDone());
  }

  private TrainingLoop loop(List<? extends TrainingListener> listeners) {
    return new TrainingLoop(task, listeners, this, this::step, this::saved);
  }

  private TrainingState saved(long stepsDone) {
    List<Operand<TFloat32>> values = live.stateValues();
    values.addAll(training.updates().values());
    Function<Operand<TFloat32>, double[]> read = live.read(values);
    return new TrainingState(stepsDone, live.state(read), training.updates().moments(read));
  }

  private StepMeasurement step(
      Map<String, float[][]> batches, Map<String, float[][]> targets, double rate) {
    List<TFloat32> fed = new ArrayList<>();
    try {
      Session.Runner runner = live.runner();
      feed(runner, training.inputs(), batches, shape(), fed);
      feed(runner, training.targets(), targets, task.network().outputShape(), fed);
      training
          .updates()
          .feeds(rate, updates + 1)
          .forEach(
              (placeholder, value) ->
                  feed(runner, placeholder, TFloat32.scalarOf(value.floatValue()), fed));
      for (Op update : training.updateOps()) {
        runner.addTarget(update);
      }
      try (Result result = runner.fetch(training.measurementVector()).run()) {
        StepMeasurement measurement = measurement(Rows.doubles((TFloat32) result.get(0)));
        if (measurement.nonFinite() == null) {
          updates++;
        }
        return measurement;
      }
    } finally {
      fed.forEach(Tensor::close);
    }
  }

  private static void feed(
      Session.Runner runner,
      Map<String, Placeholder<TFloat32>> placeholders,
      Map<String, float[][]> batches,
      Shape sampleShape,
      List<TFloat32> fed) {
    placeholders.forEach(
        (name, placeholder) -> {
          float[][] rows = Require.known(batches.get(name), "input", name, batches.keySet());
          feed(runner, placeholder, Rows.tensor(rows, sampleShape), fed);
        });
  }

  private static void feed(
      Session.Runner runner,
      Placeholder<TFloat32> placeholder,
      TFloat32 value,
      List<TFloat32> fed) {
    fed.add(value);
    runner.feed(placeholder, value);
  }

  private StepMeasurement measurement(double[] numbers) {
    Map<String, Double> terms = new LinkedHashMap<>();
    double squaredNorm = 0;
    String nonFinite = null;
    List<Measured> measured = training.measured();
    for (int i = 0; i < numbers.length; i++) {
      switch (measured.get(i).kind()) {
        case TERM -> terms.put(measured.get(i).name(), numbers[i]);
        case GRADIENT -> squaredNorm += numbers[i];
        case OUTPUT -> {}
      }
      if (nonFinite == null && !Double.isFinite(numbers[i])) {
        nonFinite = measured.get(i).toString();
      }
    }
    return new StepMeasurement(terms, Math.sqrt(squaredNorm), nonFinite);
  }

  @Override
  public Shape shape() {
    return task.network().shape();
  }

  @Override
  public float[][] apply(float[][] x) {
    return live.apply(x);
  }

  @Override
  public float[][] apply(float[][] x, String kind) {
    return live.apply(x, kind);
  }

  @Override
  public float[][] applyAsInTraining(float[][] x) {
    return live.applyAsInTraining(x);
  }

  @Override
  public double[] parameter(String name) {
    return live.parameter(name);
  }

  @Override
  public NetworkState state() {
    return live.state();
  }

  @Override
  public long steps() {
    return ended().steps();
  }

  @Override
  public String stopReason() {
    return ended().reason();
  }

  private TrainingLoop.End ended() {
    if (end == null) {
      throw new IllegalStateException("the run has not ended");
    }
    return end;
  }

  @Override
  public void close() {
    live.close();
  }
}
