package dev.idem.bench;

import dev.idem.api.data.DataSource;
import dev.idem.api.strategy.SubstitutedGradient;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.api.training.StopRule;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import dev.idem.eval.Quantiles.Quartiles;
import dev.idem.models.initializer.Initializers;
import dev.idem.models.network.Mlp;
import dev.idem.tf.engine.TensorFlowEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures how the time of a substituted step grows with the problem. */
@Command(
    name = "growth",
    description = {
      "Measure how the time of a substituted step grows: t = c n^e, for each of depth, batch, width,",
      "and the number of steps done, over a factor of 16, by least squares on logarithms.",
      "Each round gives an exponent; printed are their median and range."
    })
final class GrowthCommand implements Callable<Integer> {

  private static final List<Integer> FACTORS = List.of(1, 2, 4, 8, 16);

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "Number of rounds. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--seconds",
      defaultValue = "1",
      description = "Seconds for which each size is timed. Default: ${DEFAULT-VALUE}.")
  private double seconds;

  @Option(
      names = "--threads",
      defaultValue = "1",
      description = "Number of threads. Default: ${DEFAULT-VALUE}.")
  private int threads;

  /** What grows: layers of 256 each, samples in a batch, or the width of four layers. */
  private enum Axis {
    DEPTH,
    BATCH,
    LARGE_BATCH,
    WIDTH
  }

  @Override
  public Integer call() {
    Bench.require(rounds >= 1, "--rounds", rounds, "at least 1");
    Bench.require(seconds > 0, "--seconds", seconds, "positive");
    Bench.require(threads >= 1, "--threads", threads, "at least 1");
    TensorFlowEngine engine = new TensorFlowEngine(new EngineOptions(new Device.Cpu(), threads));
    step(engine, Axis.BATCH, 1); // Java compiles the loop.
    for (Axis axis : Axis.values()) {
      List<Double> exponents = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        List<Double> times = new ArrayList<>();
        for (int factor : FACTORS) {
          times.add(step(engine, axis, factor));
        }
        exponents.add(exponent(times));
      }
      say(axis.name().toLowerCase(Locale.ROOT).replace('_', ' '), exponents);
    }
    List<Double> exponents = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      exponents.add(exponent(bySteps(engine)));
    }
    say("steps done", exponents);
    return 0;
  }

  private double step(TensorFlowEngine engine, Axis axis, int factor) {
    StepClock clock = new StepClock(seconds);
    TrainingTask task =
        switch (axis) {
          case DEPTH -> task(4 * factor, 256, 256, Integer.MAX_VALUE, clock::tick);
          case BATCH -> task(4, 512, 64 * factor, Integer.MAX_VALUE, clock::tick);
          case LARGE_BATCH -> task(4, 512, 256 * factor, Integer.MAX_VALUE, clock::tick);
          case WIDTH -> task(4, 128 * factor, 256, Integer.MAX_VALUE, clock::tick);
        };
    engine.train(task, List.of()).close();
    return Quartiles.of(clock.milliseconds()).median();
  }

  /** The median step around each of 250, 500, ... 4,000 steps done, in one run. */
  private static List<Double> bySteps(TensorFlowEngine engine) {
    int first = 250;
    int last = first * FACTORS.get(FACTORS.size() - 1);
    List<Long> ends = new ArrayList<>();
    TrainingTask task =
        task(
            4,
            64,
            64,
            last + first / 5,
            report -> {
              ends.add(System.nanoTime());
              return Optional.empty();
            });
    engine.train(task, List.of()).close();
    return FACTORS.stream()
        .map(
            factor -> {
              int middle = first * factor;
              List<Double> around = new ArrayList<>();
              for (int i = middle - first / 5; i < middle + first / 5 - 1; i++) {
                around.add((ends.get(i + 1) - ends.get(i)) / 1e6);
              }
              return Quartiles.of(around).median();
            })
        .toList();
  }

  private static TrainingTask task(int layers, int width, int batch, int steps, StopRule rule) {
    int[] widths = new int[layers + 1];
    Arrays.fill(widths, width);
    Mlp mlp = Mlp.of(widths).withInitializers(Initializers.heNormal(), Initializers.zeros());
    DataSource batches = Workload.batches(mlp.shape(), batch);
    TrainingPlan plan =
        TrainingPlan.quick().toBuilder()
            .steps(steps)
            .batchSize(batch)
            .learningRate(1e-6)
            .evaluateEvery(steps)
            .stopRules(rule)
            .build();
    return TrainingTask.of(mlp, TrainingObjective.of(new SubstitutedGradient()), batches, plan);
  }

  /** The slope of the least squares line through (log factor, log time). */
  static double exponent(List<Double> times) {
    double[] x = FACTORS.stream().mapToDouble(Math::log).toArray();
    double[] y = times.stream().mapToDouble(Math::log).toArray();
    double meanX = Arrays.stream(x).average().orElse(Double.NaN);
    double meanY = Arrays.stream(y).average().orElse(Double.NaN);
    double covariance =
        IntStream.range(0, x.length).mapToDouble(i -> (x[i] - meanX) * (y[i] - meanY)).sum();
    double variance = Arrays.stream(x).map(a -> (a - meanX) * (a - meanX)).sum();
    return covariance / variance;
  }

  private static void say(String axis, List<Double> exponents) {
    double least = exponents.stream().mapToDouble(a -> a).min().orElse(Double.NaN);
    double most = exponents.stream().mapToDouble(a -> a).max().orElse(Double.NaN);
    System.out.println(
        String.format(
            Locale.ROOT,
            "%-11s exponent %.3f (%.3f to %.3f)",
            axis,
            Quartiles.of(exponents).median(),
            least,
            most));
  }
}
