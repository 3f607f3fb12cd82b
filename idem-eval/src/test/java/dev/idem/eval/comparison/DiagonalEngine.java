package dev.idem.eval.comparison;

import dev.idem.api.algebra.Shape;
import dev.idem.api.algebra.TensorAlgebra;
import dev.idem.api.data.DataSource;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.Network;
import dev.idem.api.network.NetworkState;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.network.ParameterSpec.Initializer;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.Iterates;
import dev.idem.api.strategy.Objective;
import dev.idem.api.training.DivergenceException;
import dev.idem.api.training.NetworkView;
import dev.idem.api.training.NetworkView.LiveNetwork;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import dev.idem.api.training.TrainingListener;
import dev.idem.api.training.TrainingListener.StepReport;
import dev.idem.api.training.TrainingLoop;
import dev.idem.api.training.TrainingState;
import dev.idem.api.training.TrainingTask;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;

/**
 * Trains diagonal maps y_j = k_j x_j by k := k + h update(k), where the strategy is the update. The
 * gains start uniform in [-0.3, 1.3), from the plan's seed.
 *
 * @param beforeRun told of each task before it runs, on the thread that runs it
 * @param open how many trained networks are not closed yet
 */
record DiagonalEngine(Consumer<TrainingTask> beforeRun, AtomicInteger open)
    implements TrainingEngine {

  static final int WIDTH = 6;

  /** 3 k^2 - 2 k^3 - k: goes to 0 or 1. */
  static final Update SUBSTITUTED = new Update(k -> 3 * k * k - 2 * k * k * k - k);

  /** The negative gradient of (k^2 - k)^2 / 2. */
  static final Update CANONICAL = new Update(k -> -(k * k - k) * (2 * k - 1));

  /** Goes to the zero map. */
  static final Update SHRINK = new Update(k -> -k);

  /** Grows without bound. */
  static final Update GROW = new Update(k -> k);

  DiagonalEngine() {
    this(task -> {}, new AtomicInteger());
  }

  DiagonalEngine(Consumer<TrainingTask> beforeRun) {
    this(beforeRun, new AtomicInteger());
  }

  record Update(DoubleUnaryOperator update) implements IdempotencyStrategy {
    @Override
    public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
      throw new UnsupportedOperationException("only DiagonalEngine runs this");
    }

    @Override
    public String formula() {
      return "k := k + h u(k)";
    }
  }

  record DiagonalNetwork() implements Network {
    @Override
    public Shape shape() {
      return Shape.of(WIDTH);
    }

    @Override
    public List<ParameterSpec> parameters() {
      return List.of(new ParameterSpec("gain", shape(), 1, 1, Initializer.ZEROS));
    }

    @Override
    public <T> T apply(T x, ForwardPass<T> pass) {
      throw new UnsupportedOperationException("only DiagonalEngine runs this");
    }

    @Override
    public String description() {
      return "diagonal " + WIDTH;
    }
  }

  record NormalSource() implements DataSource {
    @Override
    public Shape shape() {
      return Shape.of(WIDTH);
    }

    @Override
    public float[][] batch(long seed, long step, int size) {
      return heldOut(seed + step, size);
    }

    @Override
    public float[][] heldOut(long seed, int size) {
      Random random = new Random(seed);
      float[][] rows = new float[size][WIDTH];
      for (float[] row : rows) {
        for (int j = 0; j < WIDTH; j++) {
          row[j] = (float) random.nextGaussian();
        }
      }
      return rows;
    }

    @Override
    public String description() {
      return "normal(0, 1), width " + WIDTH;
    }
  }

  private static final class View implements TrainedNetwork {
    private final double[] gains;
    private final long steps;
    private final AtomicInteger open;

    View(double[] gains, long steps, AtomicInteger open) {
      this.gains = gains;
      this.steps = steps;
      this.open = open;
    }

    @Override
    public TrainingLoop.End end() {
      return new TrainingLoop.End(steps, TrainingLoop.COMPLETED);
    }

    @Override
    public Shape shape() {
      return Shape.of(WIDTH);
    }

    @Override
    public float[][] apply(float[][] x) {
      float[][] y = new float[x.length][WIDTH];
      for (int i = 0; i < x.length; i++) {
        for (int j = 0; j < WIDTH; j++) {
          y[i][j] = (float) (gains[j] * x[i][j]);
        }
      }
      return y;
    }

    @Override
    public double[] parameter(String name) {
      return gains.clone();
    }

    @Override
    public NetworkState state() {
      return new NetworkState(Map.of("gains", gains), Map.of());
    }

    @Override
    public void close() {
      open.decrementAndGet();
    }
  }

  @Override
  public TrainedNetwork train(TrainingTask task, List<? extends TrainingListener> listeners) {
    beforeRun.accept(task);
    Update strategy = (Update) task.objective().terms().get(0).strategy();
    double[] gains = new Random(task.plan().seed()).doubles(WIDTH, -0.3, 1.3).toArray();
    evaluate(listeners, 0, gains);
    for (long step = 0; step < task.plan().steps(); step++) {
      for (int j = 0; j < WIDTH; j++) {
        gains[j] += task.plan().learningRate() * strategy.update().applyAsDouble(gains[j]);
        if (!Float.isFinite((float) gains[j])) {
          throw new DivergenceException(step, "gain", null);
        }
      }
      StepReport report = new StepReport(step, Map.of(), 0, task.plan().learningRate());
      listeners.forEach(listener -> listener.stepped(report));
      if (task.plan().evaluatesAfter(step + 1)) {
        evaluate(listeners, step + 1, gains);
      }
    }
    open.incrementAndGet();
    return new View(gains, task.plan().steps(), open);
  }

  private void evaluate(List<? extends TrainingListener> listeners, long done, double[] gains) {
    NetworkView view = new View(gains, done, open);
    listeners.forEach(listener -> listener.evaluated(done, view));
  }

  @Override
  public TrainedNetwork resume(
      TrainingTask task, TrainingState from, List<? extends TrainingListener> listeners) {
    throw new UnsupportedOperationException("comparisons never resume");
  }

  @Override
  public LiveNetwork open(Network network, NetworkState state) {
    return new View(state.parameter("gains"), 0, open);
  }

  @Override
  public String description() {
    return "diagonal maps";
  }
}
