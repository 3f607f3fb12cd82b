package dev.idem.figures.front;

import dev.idem.eval.Quantiles.Quartiles;
import dev.idem.eval.comparison.ParetoFront;
import dev.idem.eval.comparison.ParetoFront.Costs;
import dev.idem.figures.front.FrontRun.Measured;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** All runs of one task: the fronts of its methods, seed by seed. */
final class TaskFronts {

  /** The reference point has this many times the control's task loss. */
  static final double REFERENCE_LOSS = 2;

  /** Task losses count as equal to the control's up to this many times it. */
  static final double EQUAL_LOSS = 1.1;

  private final FrontTask task;
  private final List<FrontRun> runs;
  private final Costs reference;

  /** The runs of {@code task} among {@code all}. */
  TaskFronts(FrontTask task, List<FrontRun> all) {
    this.task = task;
    this.runs = all.stream().filter(run -> run.work().task().equals(task)).toList();
    this.reference =
        new Costs(
            medianOfControl(Costs::first) + Math.log10(REFERENCE_LOSS),
            medianOfControl(Costs::second));
  }

  private double medianOfControl(ToDoubleFunction<Costs> cost) {
    return Quartiles.of(
            runs(FrontMethod.CONTROL).stream().map(run -> cost.applyAsDouble(run.costs())).toList())
        .median();
  }

  FrontTask task() {
    return task;
  }

  /** The runs of a method or of the control, in the order they were given. */
  List<FrontRun> runs(String method) {
    return runs.stream().filter(run -> run.work().method().equals(method)).toList();
  }

  /** The runs of a method by weight, ascending, seeds in order. */
  Map<Double, List<FrontRun>> byWeight(String method) {
    Map<Double, List<FrontRun>> byWeight = new TreeMap<>();
    for (FrontRun run : runs(method)) {
      byWeight.computeIfAbsent(run.work().weight(), first -> new ArrayList<>()).add(run);
    }
    return byWeight;
  }

  /**
   * log10 of {@link #REFERENCE_LOSS} times the control's median task loss and of its median
   * idempotency error: one for all methods. Infinite if most control runs failed.
   */
  Costs reference() {
    return reference;
  }

  /**
   * For each seed, the hypervolume of the method's front, in square decades. The control belongs to
   * it, being the method at weight 0. All not-a-number if there is no reference.
   */
  double[] hypervolumes(String method) {
    return runs(FrontMethod.CONTROL).stream()
        .mapToDouble(control -> hypervolume(method, control))
        .toArray();
  }

  private double hypervolume(String method, FrontRun control) {
    if (Double.isInfinite(reference.first()) || Double.isInfinite(reference.second())) {
      return Double.NaN;
    }
    return ParetoFront.of(withControl(method, control).map(FrontRun::costs).toList())
        .hypervolume(reference);
  }

  /**
   * For each seed, the lowest relative idempotency error of a run whose task loss is at most {@link
   * #EQUAL_LOSS} times the control's, the control itself included; infinite if that failed.
   */
  double[] errorsAtEqualQuality(String method) {
    return runs(FrontMethod.CONTROL).stream()
        .mapToDouble(control -> Math.pow(10, atEqualQuality(method, control).costs().second()))
        .toArray();
  }

  private FrontRun atEqualQuality(String method, FrontRun control) {
    double most = control.costs().first() + Math.log10(EQUAL_LOSS);
    return withControl(method, control)
        .filter(run -> run.costs().first() <= most)
        .min(Comparator.comparingDouble(run -> run.costs().second()))
        .orElse(control);
  }

  /**
   * What is found of the run that speaks for a method, seed by seed: of one of the task's networks
   * its only one, of a strategy the one of {@link #errorsAtEqualQuality}. Without seeds whose run
   * diverged.
   */
  List<Measured> chosen(String method) {
    Stream<FrontRun> chosen =
        task.networks().containsKey(method)
            ? runs(method).stream()
            : runs(FrontMethod.CONTROL).stream().map(control -> atEqualQuality(method, control));
    return chosen.flatMap(run -> run.measured().stream()).toList();
  }

  /** The task losses of {@link #chosen} in the control's median one. */
  double[] lossRatios(String method) {
    double control = Math.pow(10, reference.first()) / REFERENCE_LOSS;
    return chosen(method).stream().mapToDouble(found -> found.taskLoss() / control).toArray();
  }

  private Stream<FrontRun> withControl(String method, FrontRun control) {
    return Stream.concat(
        Stream.of(control),
        runs(method).stream().filter(run -> run.work().seed() == control.work().seed()));
  }
}
