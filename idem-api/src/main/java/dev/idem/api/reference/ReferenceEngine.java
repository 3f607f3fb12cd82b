package dev.idem.api.reference;

import dev.idem.api.algebra.Shape;
import dev.idem.api.network.BatchNormalization;
import dev.idem.api.network.InitialParameters;
import dev.idem.api.network.Network;
import dev.idem.api.network.NetworkState;
import dev.idem.api.network.NetworkState.ChannelStatistics;
import dev.idem.api.training.NetworkView.LiveNetwork;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import dev.idem.api.training.TrainingListener;
import dev.idem.api.training.TrainingLoop;
import dev.idem.api.training.TrainingState;
import dev.idem.api.training.TrainingTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** Trains in double precision on plain arrays: exact, dependency-free, and slow. */
public final class ReferenceEngine implements TrainingEngine {

  @Override
  public TrainedNetwork train(TrainingTask task, List<? extends TrainingListener> listeners) {
    Run run = new Run(task);
    run.train(listeners);
    return run;
  }

  @Override
  public TrainedNetwork resume(
      TrainingTask task, TrainingState from, List<? extends TrainingListener> listeners) {
    Run run = new Run(task);
    run.resume(from, listeners);
    return run;
  }

  @Override
  public LiveNetwork open(Network network, NetworkState state) {
    state.requireFits(network);
    return new Opened(new ReferenceModel(network, state), state.kinds());
  }

  @Override
  public String description() {
    return "reference, double precision, Java " + Runtime.version().feature();
  }

  /** The model as a function on arrays. */
  private static class Opened implements LiveNetwork {
    private final List<String> kinds;
    ReferenceModel model;

    Opened(ReferenceModel model, List<String> kinds) {
      this.model = model;
      this.kinds = kinds;
    }

    @Override
    public Shape shape() {
      return model.network().shape();
    }

    @Override
    public float[][] apply(float[][] x) {
      return apply(x, kinds.isEmpty() ? BatchNormalization.OUTPUTS : kinds.get(0));
    }

    @Override
    public float[][] apply(float[][] x, String kind) {
      return rows(model.infer(batch(shape(), x), kind));
    }

    @Override
    public float[][] applyAsInTraining(float[][] x) {
      return rows(model.apply(batch(shape(), x)));
    }

    static ReferenceTensor batch(Shape sampleShape, float[][] rows) {
      double[][] wide = new double[rows.length][];
      for (int i = 0; i < rows.length; i++) {
        float[] row = rows[i];
        wide[i] = new double[row.length];
        Arrays.setAll(wide[i], j -> row[j]);
      }
      return ReferenceTensor.batch(sampleShape, wide);
    }

    private float[][] rows(ReferenceTensor tensor) {
      double[] y = tensor.data();
      int width = model.network().outputShape().size();
      float[][] rows = new float[y.length / width][width];
      for (int i = 0; i < y.length; i++) {
        rows[i / width][i % width] = (float) y[i];
      }
      return rows;
    }

    @Override
    public double[] parameter(String name) {
      return model.parameter(name);
    }

    @Override
    public NetworkState state() {
      return model.state();
    }

    @Override
    public void close() {}
  }

  private static final class Run extends Opened implements TrainedNetwork {
    private final TrainingTask task;
    private final Map<String, double[]> values;
    private final Map<String, Map<String, ChannelStatistics>> statistics = new LinkedHashMap<>();
    private final ReferenceOptimizer optimizer;
    private TrainingLoop.@Nullable End end;

    Run(TrainingTask task) {
      super(
          ReferenceModel.initial(task.network(), task.plan().seed()),
          List.copyOf(task.objective().inputs()));
      this.task = task;
      this.values = InitialParameters.of(task.network(), task.plan().seed());
      this.optimizer = new ReferenceOptimizer(task.plan().optimizer());
    }

    void train(List<? extends TrainingListener> listeners) {
      end = loop(listeners).run();
    }

    void resume(TrainingState from, List<? extends TrainingListener> listeners) {
      end = loop(listeners).resume(from, this::restore);
    }

    private void restore(TrainingState from) {
      values.replaceAll((name, initial) -> from.network().parameter(name));
      from.network()
          .statistics()
          .forEach((kind, byName) -> statistics.put(kind, new LinkedHashMap<>(byName)));
      values
          .keySet()
          .forEach(name -> optimizer.restore(name, from.moments(name), from.stepsDone()));
      model = new ReferenceModel(task.network(), from.network());
    }

    private TrainingLoop loop(List<? extends TrainingListener> listeners) {
      return new TrainingLoop(task, listeners, this, this::step, this::saved);
    }

    private TrainingState saved(long stepsDone) {
      Map<String, List<double[]>> moments = new LinkedHashMap<>();
      values.forEach((name, w) -> moments.put(name, optimizer.moments(name, w.length)));
      return new TrainingState(stepsDone, state(), moments);
    }

    private TrainingLoop.StepMeasurement step(
        Map<String, float[][]> batches,
        Map<String, float[][]> targets,
        Map<String, Double> factors,
        double rate) {
      ReferenceModel.Differentiated found =
          model.differentiate(
              task.objective(),
              tensors(shape(), batches),
              tensors(task.network().outputShape(), targets),
              factors);
      double norm = norm(found.gradients().values().stream().flatMapToDouble(Arrays::stream));
      String nonFinite = nonFinite(found, norm);
      if (nonFinite == null) {
        clip(found.gradients(), norm);
        optimizer.update(values, found.gradients(), rate);
        found.statistics().forEach(this::follow);
        model = new ReferenceModel(task.network(), new NetworkState(values, statistics));
      }
      return new TrainingLoop.StepMeasurement(found.terms(), norm, nonFinite);
    }

    private static Map<String, ReferenceTensor> tensors(
        Shape sampleShape, Map<String, float[][]> rows) {
      Map<String, ReferenceTensor> tensors = new LinkedHashMap<>();
      rows.forEach((name, samples) -> tensors.put(name, batch(sampleShape, samples)));
      return tensors;
    }

    private void clip(Map<String, double[]> gradients, double norm) {
      double limit = task.plan().clipNorm().orElse(Double.POSITIVE_INFINITY);
      if (norm > limit) {
        gradients.values().forEach(g -> Arrays.setAll(g, i -> g[i] * (limit / norm)));
      }
    }

    private static @Nullable String nonFinite(ReferenceModel.Differentiated found, double norm) {
      for (Map.Entry<String, Double> term : found.terms().entrySet()) {
        if (!Double.isFinite(term.getValue())) {
          return "term " + term.getKey();
        }
      }
      for (Map.Entry<String, double[]> gradient : found.gradients().entrySet()) {
        if (!Double.isFinite(norm(Arrays.stream(gradient.getValue())))) {
          return "gradient of " + gradient.getKey();
        }
      }
      return Double.isFinite(norm) ? null : "gradient norm";
    }

    private static double norm(DoubleStream values) {
      return Math.sqrt(values.map(v -> v * v).sum());
    }

    /** s := s + 0.1 (batch - s). */
    private void follow(String kind, Map<String, ChannelStatistics> batch) {
      Map<String, ChannelStatistics> running =
          statistics.computeIfAbsent(kind, first -> new LinkedHashMap<>());
      batch.forEach(
          (name, measured) -> {
            ChannelStatistics before =
                running.getOrDefault(name, ChannelStatistics.initial(measured.mean().size()));
            running.put(
                name,
                new ChannelStatistics(
                    moved(before.mean(), measured.mean()),
                    moved(before.variance(), measured.variance())));
          });
    }

    private static List<Double> moved(List<Double> running, List<Double> batch) {
      List<Double> moved = new ArrayList<>();
      for (int i = 0; i < running.size(); i++) {
        double before = running.get(i);
        moved.add(before + BatchNormalization.MOMENTUM * (batch.get(i) - before));
      }
      return moved;
    }

    @Override
    public TrainingLoop.End end() {
      return Objects.requireNonNull(end, "the run has not ended");
    }
  }
}
