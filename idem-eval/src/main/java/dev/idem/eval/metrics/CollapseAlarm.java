package dev.idem.eval.metrics;

import dev.idem.api.check.Require;
import dev.idem.api.training.NetworkView;
import dev.idem.api.training.TrainingListener.StatefulListener;
import dev.idem.api.training.TrainingTask;
import dev.idem.eval.linear.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;

/**
 * Watches the effective rank of f(z) for fixed noise z, beside that of as many real samples: a
 * generator that maps all noise to a few images shows a low share long before its losses do.
 *
 * <p>Outputs whose variance is below 1/1000 of the real samples' count as rank 0, for the rank of
 * outputs that hardly vary is that of their rounding. Outputs that are not finite are the
 * divergence guard's: they enter the history as not-a-number, and neither raise an alarm nor end
 * one.
 *
 * <p>The rank is watched, not {@link ErrorMeasurement#errorOverVariance}: that is high for every
 * network that is not idempotent yet, or is not trained to be, and therefore decides the verdict on
 * the trained network instead.
 *
 * <p>Watches one run at a time, and starts afresh with each; a run that resumes from a checkpoint
 * is watched as if there had been no interruption.
 */
public final class CollapseAlarm implements StatefulListener {

  private static final double LEAST_VARIANCE = 1e-3;
  private static final String FLAGS = "armed, warned, low in a row";
  private static final String HISTORY = "steps, ranks, shares";

  /**
   * When an alarm warns and stops. Shares are of the real samples' effective rank; all numbers are
   * this project's own choice.
   *
   * @param warnBelow a share below this is an alarm, and a share at or above it is healthy;
   *     positive
   * @param stopBelow the run is ended if the share stays below this; positive, at most {@code
   *     warnBelow}
   * @param stopAfter for that many evaluations in a row; positive
   * @param graceSteps until the share has been healthy once, or so many steps are done, nothing
   *     happens: an untrained network may map everything to nearly one point. A run is never ended
   *     for what it was before so many steps; not negative
   */
  public record Rule(
      double warnBelow, boolean stop, double stopBelow, int stopAfter, long graceSteps) {

    public Rule {
      Require.positive("warnBelow", warnBelow);
      Require.positive("stopBelow", stopBelow);
      Require.argument(
          stopBelow <= warnBelow,
          "stopBelow (%s) must be at most warnBelow (%s)",
          stopBelow,
          warnBelow);
      Require.positive("stopAfter", stopAfter);
      Require.notNegative("graceSteps", graceSteps);
    }

    /** Warns below a half, never stops; grace of 100 steps. */
    public static Rule warning() {
      return new Rule(0.5, false, 0.25, 2, 100);
    }

    /** As {@link #warning}, and stops after two evaluations in a row below a quarter. */
    public static Rule stopping() {
      return new Rule(0.5, true, 0.25, 2, 100);
    }
  }

  /**
   * The diversity of a network's outputs at one evaluation.
   *
   * @param rank effective rank of the outputs; 0 if they hardly vary, not-a-number if one is not
   *     finite
   * @param share rank / effective rank of the real samples
   */
  public record RankShare(long step, double rank, double share) {}

  /** The share fell below {@link Rule#warnBelow}. */
  public record Warning(long step, double rank, double realRank, String message) {}

  private final Rule rule;
  private final BiFunction<NetworkView, float[][], float[][]> application;
  private final float[][] noise;
  private final int width;
  private final double realRank;
  private final double realVariance;
  private final Consumer<Warning> warnings;
  private final List<RankShare> history = new ArrayList<>();
  private boolean armed;
  private boolean warned;
  private int lowInARow;

  /**
   * An alarm.
   *
   * @param noise z, [m][n], at least two rows, finite
   * @param real samples, [m][n], finite and not all equal
   * @param warnings called once each time the share falls below the rule's limit, on the thread
   *     that trains
   * @param application the network and a copy of z, [m][n], to f(z), of the same shape: {@link
   *     NetworkView#apply}, or one with the statistics of noise
   */
  public CollapseAlarm(
      Rule rule,
      float[][] noise,
      float[][] real,
      Consumer<Warning> warnings,
      BiFunction<NetworkView, float[][], float[][]> application) {
    Rows.requireSameShape("noise", noise, "real samples", real);
    this.rule = rule;
    this.application = application;
    this.noise = Arrays.stream(noise).map(float[]::clone).toArray(float[][]::new);
    this.width = noise[0].length;
    this.realRank = EffectiveRank.of(real);
    this.realVariance = Rows.variance(real);
    this.warnings = warnings;
    Require.argument(realRank > 0, "real samples must differ from one another");
  }

  @Override
  public String name() {
    return "collapse alarm";
  }

  @Override
  public Map<String, double[]> save() {
    double[] seen =
        history.stream()
            .flatMapToDouble(at -> DoubleStream.of((double) at.step(), at.rank(), at.share()))
            .toArray();
    // Not Map.of, whose order is another in each process, and so the checkpoint's bytes.
    Map<String, double[]> saved = new LinkedHashMap<>();
    saved.put(FLAGS, new double[] {armed ? 1 : 0, warned ? 1 : 0, lowInARow});
    saved.put(HISTORY, seen);
    return saved;
  }

  @Override
  public void restore(Map<String, double[]> saved) {
    double[] flags = Require.known(saved.get(FLAGS), "value", FLAGS, saved.keySet());
    double[] seen = Require.known(saved.get(HISTORY), "value", HISTORY, saved.keySet());
    Require.argument(
        flags.length == 3 && seen.length % 3 == 0,
        "a collapse alarm saves 3 flags and triples, not %s and %s numbers",
        flags.length,
        seen.length);
    history.clear();
    for (int i = 0; i < seen.length; i += 3) {
      history.add(new RankShare((long) seen[i], seen[i + 1], seen[i + 2]));
    }
    armed = flags[0] != 0;
    warned = flags[1] != 0;
    lowInARow = (int) flags[2];
  }

  @Override
  public void resumed(TrainingTask task, long stepsDone) {
    requireSuits(task);
  }

  @Override
  public void started(TrainingTask task) {
    requireSuits(task);
    history.clear();
    armed = false;
    warned = false;
    lowInARow = 0;
  }

  private void requireSuits(TrainingTask task) {
    Require.argument(
        task.network().shape().size() == width,
        "noise of width %s for a network (%s) that takes %s",
        width,
        task.network().description(),
        task.network().shape());
  }

  @Override
  public void evaluated(long stepsDone, NetworkView network) {
    double rank = rank(Rows.apply(z -> application.apply(network, z), noise));
    double share = rank / realRank;
    history.add(new RankShare(stepsDone, rank, share));
    if (Double.isNaN(share)) {
      return;
    }
    boolean healthy = share >= rule.warnBelow();
    armed |= healthy || stepsDone >= rule.graceSteps();
    if (!armed) {
      return;
    }
    boolean low = share < rule.stopBelow() && stepsDone >= rule.graceSteps();
    lowInARow = low ? lowInARow + 1 : 0;
    if (!healthy && !warned) {
      warnings.accept(new Warning(stepsDone, rank, realRank, sentence()));
    }
    warned = !healthy;
  }

  private double rank(float[][] outputs) {
    if (!Rows.finite(outputs)) {
      return Double.NaN;
    }
    boolean varies = Rows.variance(outputs) >= LEAST_VARIANCE * realVariance;
    return varies ? EffectiveRank.of(outputs) : 0;
  }

  @Override
  public Optional<String> reasonToStop() {
    return rule.stop() && lowInARow >= rule.stopAfter()
        ? Optional.of(sentence())
        : Optional.empty();
  }

  private String sentence() {
    RankShare last = history.get(history.size() - 1);
    return String.format(
        Locale.ROOT,
        "collapse: effective rank of f(z) %.1f is %.0f %% of %.1f, that of real samples",
        last.rank(),
        100 * last.share(),
        realRank);
  }

  /** What each evaluation of the latest run gave, in order. */
  public List<RankShare> history() {
    return List.copyOf(history);
  }

  /** The effective rank of the real samples. */
  public double realRank() {
    return realRank;
  }
}
