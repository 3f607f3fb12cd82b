package dev.idem.uses;

import dev.idem.api.network.Network;
import dev.idem.api.training.DivergenceException;
import dev.idem.api.training.NetworkView.LiveNetwork;
import dev.idem.api.training.Optimizer;
import dev.idem.api.training.Schedule;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import dev.idem.eval.linear.Rows;
import dev.idem.eval.metrics.CollapseThresholds;
import dev.idem.eval.metrics.CollapseThresholds.CollapseVerdict;
import dev.idem.eval.metrics.IdempotencyMetrics;
import dev.idem.eval.metrics.IdempotencyReport;
import dev.idem.figures.FigureContext.Preset;
import dev.idem.uses.Use.Held;
import dev.idem.uses.Use.Trained;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A map, trained or a baseline, measured on the held-out samples of a use.
 *
 * @param use what for
 * @param method its name
 * @param seed of weights and batches; for a baseline, of its random draws
 * @param parameters of the network; empty for a baseline
 * @param measured empty if training diverged, or an application is not finite
 */
public record UseRun(
    Use use, String method, long seed, OptionalLong parameters, Optional<Measured> measured) {

  /**
   * What was found.
   *
   * @param quality of f^k(x), at each k of {@link Use#applications}
   * @param metrics as {@link Use#metrics}
   * @param report of f on x, with the drift of f(f(x))
   * @param verdict on it
   * @param shown for each k, f^k of the first samples
   */
  public record Measured(
      List<Double> quality,
      List<Double> metrics,
      IdempotencyReport report,
      CollapseVerdict verdict,
      List<float[][]> shown) {

    /** {@link Use#quality} of f(x). */
    public double first() {
      return quality.get(0);
    }

    /** {@link Use#quality} after the most applications. */
    public double last() {
      return quality.get(quality.size() - 1);
    }
  }

  /** Trains a method with a seed and measures it. */
  static UseRun trained(
      Use use,
      UseMethod method,
      long seed,
      Preset preset,
      TrainingEngine engine,
      Held held,
      int shown) {
    OptionalLong parameters = OptionalLong.of(method.network().parameterCount());
    TrainingTask task = task(use, method, use.steps(preset), seed);
    try (TrainedNetwork network = engine.train(task)) {
      UnaryOperator<float[][]> f = network::apply;
      BiFunction<Network, float[][], float[][]> part =
          (other, x) -> {
            try (LiveNetwork live = engine.open(other, network.state())) {
              return live.apply(x);
            }
          };
      return new UseRun(
          use,
          method.name(),
          seed,
          parameters,
          measure(
              use,
              f,
              iterates -> new Measurable(f, part, method.network(), null, iterates),
              held,
              shown));
    } catch (DivergenceException e) {
      return new UseRun(use, method.name(), seed, parameters, Optional.empty());
    }
  }

  /** The training of a method for a number of steps. */
  static TrainingTask task(Use use, UseMethod method, int steps, long seed) {
    TrainingPlan plan =
        TrainingPlan.quick().toBuilder()
            .steps(steps)
            .batchSize(use.batchSize())
            .optimizer(new Optimizer.Adam())
            .learningRate(use.learningRate())
            .schedule(new Schedule.Cosine(0))
            .evaluateEvery(steps)
            .seed(seed)
            .build();
    return TrainingTask.of(method.network(), method.objective(), use.data(), plan);
  }

  /** Measures a baseline. */
  static UseRun baseline(
      Use use, String name, UnaryOperator<float[][]> map, long seed, Held held, int shown) {
    BiFunction<Network, float[][], float[][]> none =
        (other, x) -> {
          throw new IllegalStateException("baseline '" + name + "' has no parameters");
        };
    Optional<Measured> measured =
        measure(use, map, iterates -> new Measurable(map, none, null, map, iterates), held, shown);
    return new UseRun(use, name, seed, OptionalLong.empty(), measured);
  }

  private record Measurable(
      UnaryOperator<float[][]> f,
      BiFunction<Network, float[][], float[][]> part,
      @Nullable Network network,
      @Nullable UnaryOperator<float[][]> baseline,
      List<float[][]> iterates)
      implements Trained {

    @Override
    public float[][] apply(float[][] x) {
      return f.apply(x);
    }

    @Override
    public float[][] applyPart(Network other, float[][] x) {
      return part.apply(other, x);
    }
  }

  private static Optional<Measured> measure(
      Use use,
      UnaryOperator<float[][]> f,
      Function<List<float[][]>, Trained> measurable,
      Held held,
      int shown) {
    float[][] x = held.inputs();
    List<Double> quality = new ArrayList<>();
    List<float[][]> iterates = new ArrayList<>();
    float[][] iterate = x;
    int done = 0;
    for (int k : use.applications()) {
      for (; done < k; done++) {
        float[][] y = f.apply(iterate);
        if (!Rows.finite(y)) {
          return Optional.empty();
        }
        iterate = use.between(y);
      }
      quality.add(held.quality(iterate));
      iterates.add(iterate);
    }
    IdempotencyReport report = new IdempotencyMetrics(2, 0.01).measure(f::apply, x);
    Trained trained = measurable.apply(List.copyOf(iterates));
    List<Double> metrics = Arrays.stream(held.measure(trained)).boxed().toList();
    List<float[][]> kept =
        iterates.stream().map(y -> Arrays.copyOf(y, Math.min(shown, y.length))).toList();
    return Optional.of(
        new Measured(quality, metrics, report, CollapseThresholds.defaults().judge(report), kept));
  }

  /** The verdict, diverged if it has none. */
  public String state() {
    return measured
        .map(found -> found.verdict().name())
        .orElse(CollapseVerdict.DIVERGED.name())
        .toLowerCase(Locale.ROOT);
  }
}
