package dev.idem.uses;

import dev.idem.eval.Quantiles.Quartiles;
import dev.idem.eval.comparison.Bootstrap;
import dev.idem.eval.comparison.Bootstrap.Interval;
import dev.idem.uses.UseRun.Measured;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The runs of a family of uses, and their medians and paired differences over seeds.
 *
 * @param family what for
 * @param runs of all its uses
 * @param seed of the bootstrap
 */
public record UseResults(UseFamily family, List<UseRun> runs, long seed) {

  private static final int LEAST_PAIRS = 3;
  private static final double LESS_AT_LAST = 0.5;
  private static final double NO_MORE_AT_FIRST = 1.05;

  public UseResults {
    runs = List.copyOf(runs);
  }

  /** The settings that have runs, in their order. */
  public List<Use> uses() {
    return runs.stream().map(UseRun::use).distinct().toList();
  }

  /** The names of the methods and baselines of a use, in the order they were run. */
  public List<String> methods(Use use) {
    return runs.stream()
        .filter(run -> run.use().equals(use))
        .map(UseRun::method)
        .distinct()
        .toList();
  }

  /**
   * The first method of a use, its plain network on the task alone: what others are paired with.
   */
  public String plain(Use use) {
    return methods(use).get(0);
  }

  /**
   * What a method is paired with: strategies with their network on the task alone, everything else
   * with {@link #plain}.
   */
  public String control(Use use, String method) {
    int strategies = method.indexOf(UseMethod.BESIDE);
    return strategies < 0 ? plain(use) : method.substring(0, strategies);
  }

  /** The methods of a use that were trained, which baselines are not. */
  public List<String> trained(Use use) {
    return methods(use).stream()
        .filter(method -> runs(use, method).get(0).parameters().isPresent())
        .toList();
  }

  /** The runs of a method, seeds in order; a baseline has one. */
  public List<UseRun> runs(Use use, String method) {
    return runs.stream()
        .filter(run -> run.use().equals(use) && run.method().equals(method))
        .toList();
  }

  /** The results of a method that did not diverge, seeds in order. */
  public List<Measured> measured(Use use, String method) {
    return runs(use, method).stream().flatMap(run -> run.measured().stream()).toList();
  }

  /** The median over the seeds; not-a-number if most runs diverged. */
  public double median(Use use, String method, ToDoubleFunction<Measured> value) {
    List<Double> values = measured(use, method).stream().mapToDouble(value).boxed().toList();
    boolean most = 2 * values.size() > runs(use, method).size();
    return most && values.stream().noneMatch(v -> v.isNaN())
        ? Quartiles.of(values).median()
        : Double.NaN;
  }

  /**
   * The differences a - b by seed, of the seeds at which neither diverged. A baseline, which has
   * one run, is paired with every seed of the other.
   */
  public double[] differences(Use use, String a, String b, ToDoubleFunction<Measured> value) {
    List<UseRun> first = runs(use, a);
    List<UseRun> second = runs(use, b);
    int pairs = Math.max(first.size(), second.size());
    List<Double> differences = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      Optional<Measured> from = first.get(Math.min(i, first.size() - 1)).measured();
      Optional<Measured> to = second.get(Math.min(i, second.size() - 1)).measured();
      if (from.isPresent() && to.isPresent()) {
        differences.add(value.applyAsDouble(from.get()) - value.applyAsDouble(to.get()));
      }
    }
    return differences.stream().mapToDouble(d -> d).toArray();
  }

  /**
   * The 95 % bootstrap interval of the median ratio a / b by seed of a positive number; as {@link
   * #interval} of {@link #differences} of its logarithm.
   */
  public Optional<Interval> ratio(Use use, String a, String b, ToDoubleFunction<Measured> value) {
    return interval(differences(use, a, b, found -> Math.log(value.applyAsDouble(found))))
        .map(found -> new Interval(Math.exp(found.low()), Math.exp(found.high())));
  }

  /**
   * Whether a method at least halves a {@link Use#quality} of which less is better after the most
   * applications, at no more of f: the interval of the ratio to the control lies below 0.5 there,
   * while that of f begins at 1 or below, and the median of f is at most 1.05 times the control's.
   */
  public boolean halvesTheLast(Use use, String method, String control) {
    Optional<Interval> last = ratio(use, method, control, Measured::last);
    Optional<Interval> first = ratio(use, method, control, Measured::first);
    return last.isPresent()
        && first.isPresent()
        && last.get().high() < LESS_AT_LAST
        && first.get().low() <= 1
        && median(use, method, Measured::first)
            <= NO_MORE_AT_FIRST * median(use, control, Measured::first);
  }

  /** The 95 % bootstrap interval of the median of at least three differences, all numbers. */
  public Optional<Interval> interval(double[] differences) {
    return differences.length < LEAST_PAIRS || Arrays.stream(differences).anyMatch(Double::isNaN)
        ? Optional.empty()
        : Optional.of(Bootstrap.seeded(seed).median(differences));
  }
}
