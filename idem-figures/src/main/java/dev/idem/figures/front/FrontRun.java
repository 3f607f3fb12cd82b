package dev.idem.figures.front;

import dev.idem.api.check.Require;
import dev.idem.api.network.Network;
import dev.idem.api.training.DivergenceException;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import dev.idem.api.training.TrainingListener;
import dev.idem.api.training.TrainingListener.StepReport;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingTask;
import dev.idem.eval.Quantiles.Quartiles;
import dev.idem.eval.comparison.ParetoFront.Costs;
import dev.idem.eval.linear.Rows;
import dev.idem.eval.metrics.CollapseThresholds;
import dev.idem.eval.metrics.CollapseThresholds.CollapseVerdict;
import dev.idem.eval.metrics.IdempotencyMetrics;
import dev.idem.eval.metrics.IdempotencyReport;
import dev.idem.figures.FigureContext.Preset;
import dev.idem.models.data.DistributionSource.Gaussian;
import dev.idem.models.data.SupervisedSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A network trained on a task with a method at a weight, and measured on held-out pairs.
 *
 * @param work what was to be done
 * @param measured empty if the run diverged
 * @param stepMilliseconds median wall time of a step; 0 if there was none
 */
record FrontRun(Case work, Optional<Measured> measured, double stepMilliseconds) {

  /** Errors below this share of the power are single precision's rounding. */
  private static final double LEAST_ERROR = 1e-14;

  /** Root mean square of the perturbations that the gain is measured with, in inputs' ones. */
  private static final double PERTURBATION = 1e-2;

  /**
   * A run to do.
   *
   * @param method a strategy's name, {@link FrontMethod#CONTROL} or one of the task's networks
   * @param network what is trained
   * @param weight 0 for the task alone
   */
  record Case(
      FrontTask task,
      String method,
      Network network,
      double weight,
      TrainingObjective objective,
      long seed) {

    /** Of the task's plain map. */
    Case(FrontTask task, String method, double weight, TrainingObjective objective, long seed) {
      this(task, method, task.map(), weight, objective, seed);
    }

    /** Of one of the task's networks, trained for the task alone. */
    static Case of(FrontTask task, String network, long seed) {
      Network trained =
          Require.known(task.networks().get(network), "network", network, task.networks().keySet());
      return new Case(task, network, trained, 0, FrontMethod.control(), seed);
    }
  }

  /**
   * What was found on held-out pairs (x, t).
   *
   * @param taskLoss E ||f(x) - t||^2 over the variance of t: 1 for the best constant
   * @param report of f on x
   * @param verdict on it
   * @param gain root mean square of ||f(x + d) - f(x)|| / ||d|| over x, for Gaussian d with 1e-2
   *     times the inputs' root mean square
   */
  record Measured(
      double taskLoss, IdempotencyReport report, CollapseVerdict verdict, double gain) {}

  /** Trains and measures; the held-out pairs are those of {@code heldOutSeed}, for every run. */
  static FrontRun of(
      Case work, Preset preset, TrainingEngine engine, long heldOutSeed, int heldOut) {
    SupervisedSource data = work.task().data();
    TrainingTask task =
        TrainingTask.of(
            work.network(), work.objective(), data, work.task().plan(preset, work.seed()));
    StepClock clock = new StepClock();
    try (TrainedNetwork network = engine.train(task, clock)) {
      float[][] x = data.heldOut(heldOutSeed, heldOut);
      float[][] t = data.targets().orElseThrow().heldOut(heldOutSeed, heldOut);
      float[][] noise = new Gaussian(work.network().shape()).batch(heldOutSeed, 0, heldOut);
      Measured measured = measure(network::apply, x, t, noise);
      boolean finite = measured.verdict() != CollapseVerdict.DIVERGED;
      return new FrontRun(work, finite ? Optional.of(measured) : Optional.empty(), clock.median());
    } catch (DivergenceException e) {
      return new FrontRun(work, Optional.empty(), clock.median());
    }
  }

  /** The wall time between the ends of steps. */
  private static final class StepClock implements TrainingListener {

    private final List<Long> ends = new ArrayList<>();

    @Override
    public void stepped(StepReport report) {
      ends.add(System.nanoTime());
    }

    double median() {
      List<Double> milliseconds = new ArrayList<>();
      for (int i = 1; i < ends.size(); i++) {
        milliseconds.add((ends.get(i) - ends.get(i - 1)) / 1e6);
      }
      return milliseconds.isEmpty() ? 0 : Quartiles.of(milliseconds).median();
    }
  }

  /** {@code noise} holds a row of N(0, I) for each row of x. */
  static Measured measure(UnaryOperator<float[][]> f, float[][] x, float[][] t, float[][] noise) {
    IdempotencyReport report = new IdempotencyMetrics(2, 0.01).measure(f, x);
    float[][] y = f.apply(x);
    double loss = Rows.meanSquaredDifference(y, t) / Rows.variance(t);
    return new Measured(
        loss, report, CollapseThresholds.defaults().judge(report), gain(f, x, y, noise));
  }

  private static double gain(
      UnaryOperator<float[][]> f, float[][] x, float[][] y, float[][] noise) {
    double power = 0;
    for (float[] row : x) {
      power += squaredNorm(row);
    }
    float scale = (float) (PERTURBATION * Math.sqrt(power / x.length / x[0].length));
    float[][] moved = new float[x.length][x[0].length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x[i].length; j++) {
        moved[i][j] = x[i][j] + scale * noise[i][j];
      }
    }
    float[][] answers = f.apply(moved);
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += squaredDistance(answers[i], y[i]) / squaredDistance(moved[i], x[i]);
    }
    return Math.sqrt(sum / x.length);
  }

  private static double squaredNorm(float[] row) {
    return squaredDistance(row, new float[row.length]);
  }

  private static double squaredDistance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = (double) a[i] - b[i];
      sum += difference * difference;
    }
    return sum;
  }

  /** The verdict, diverged if training was. */
  String state() {
    return measured.map(found -> found.verdict().name()).orElse(CollapseVerdict.DIVERGED.name());
  }

  boolean diverged() {
    return measured.isEmpty();
  }

  /**
   * Whether the map came out zero, constant or inflated. The identity is no collapse here: some
   * tasks ask for it, and from the others the task loss keeps it away. Nor is an uninformative map:
   * the task loss keeps it from a constant, and the task alone need not lead to an idempotent one.
   */
  boolean collapsed() {
    return measured
        .map(Measured::verdict)
        .filter(verdict -> verdict.collapsed() && verdict != CollapseVerdict.IDENTITY)
        .isPresent();
  }

  /**
   * log10 of task loss and of error / power; infinite for a failed run. Where the task loss is low
   * the outputs are near the targets, so that error / variance is higher by about one factor for
   * all methods.
   */
  Costs costs() {
    if (diverged() || collapsed()) {
      return new Costs(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
    Measured found = measured.orElseThrow();
    return new Costs(
        Math.log10(found.taskLoss()),
        Math.log10(Math.max(LEAST_ERROR, found.report().relativeError())));
  }
}
