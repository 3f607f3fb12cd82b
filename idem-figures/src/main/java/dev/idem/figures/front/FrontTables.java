package dev.idem.figures.front;

import dev.idem.eval.comparison.Bootstrap;
import dev.idem.eval.comparison.Bootstrap.Interval;
import dev.idem.eval.comparison.Quartiles;
import dev.idem.figures.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Hypervolumes, method by method, what lies behind them, and what follows. */
final class FrontTables {

  private static final int LEAST_SEEDS = 3;

  private final List<TaskFronts> tasks;
  private final List<String> methods;
  private final Bootstrap bootstrap;

  FrontTables(List<TaskFronts> tasks, List<String> methods, long seed) {
    this.tasks = tasks;
    this.methods = methods;
    this.bootstrap = Bootstrap.seeded(seed);
  }

  List<Table> all() {
    return List.of(hypervolumes(), runs());
  }

  private Table hypervolumes() {
    List<List<Object>> rows = new ArrayList<>();
    for (TaskFronts task : tasks) {
      rows.add(row(task, FrontMethod.CONTROL));
      methods.forEach(method -> rows.add(row(task, method)));
    }
    return Table.shown(
        "hypervolumes",
        String.format(
            Locale.ROOT,
            "Hypervolume of each front in square decades, higher is better: medians over seeds. A front holds the task alone too, as weight 0, so that no method falls below it. Reference point: %s times the median task loss of the task alone, and its median idempotency error. Intervals: 95 %% bootstrap percentile intervals of the median; with few seeds they are hardly more than the range. Against %s: differences paired by seed. At equal quality: the lowest relative idempotency error of a run whose task loss is at most %s times that of the task alone; median over seeds.",
            TaskFronts.REFERENCE_LOSS,
            FrontMethod.PAPER,
            TaskFronts.EQUAL_LOSS),
        List.of(
            "task",
            "method",
            "seeds",
            "hypervolume",
            "interval",
            "against " + FrontMethod.PAPER,
            "its interval",
            "error at equal quality",
            "lowest",
            "highest",
            "runs",
            "collapsed",
            "diverged"),
        rows);
  }

  private List<Object> row(TaskFronts task, String method) {
    double[] volumes = task.hypervolumes(method);
    double[] gains = differences(task, method, FrontMethod.PAPER);
    double[] errors = task.errorsAtEqualQuality(method);
    List<FrontRun> runs = task.runs(method);
    return List.of(
        task.task().name(),
        method,
        volumes.length,
        median(volumes),
        interval(volumes),
        method.equals(FrontMethod.PAPER) ? "" : (Object) median(gains),
        method.equals(FrontMethod.PAPER) ? "" : interval(gains),
        median(errors),
        Arrays.stream(errors).min().orElse(Double.NaN),
        Arrays.stream(errors).max().orElse(Double.NaN),
        runs.size(),
        runs.stream().filter(FrontRun::collapsed).count(),
        runs.stream().filter(FrontRun::diverged).count());
  }

  private static double[] differences(TaskFronts task, String a, String b) {
    double[] of = task.hypervolumes(a);
    double[] from = task.hypervolumes(b);
    double[] differences = new double[of.length];
    Arrays.setAll(differences, i -> of[i] - from[i]);
    return differences;
  }

  private static double median(double[] values) {
    return measurable(values)
        ? Quartiles.of(Arrays.stream(values).boxed().toList()).median()
        : Double.NaN;
  }

  private String interval(double[] values) {
    if (values.length < LEAST_SEEDS || !measurable(values)) {
      return "";
    }
    Interval interval = bootstrap.median(values);
    return signed(interval.low()) + " to " + signed(interval.high());
  }

  /** Three decimals; what rounds to zero has no sign. */
  private static String signed(double value) {
    return String.format(Locale.ROOT, "%.3f", value).replaceFirst("^-(0\\.0*)$", "$1");
  }

  private static boolean measurable(double[] values) {
    return values.length > 0 && Arrays.stream(values).noneMatch(Double::isNaN);
  }

  private Table runs() {
    List<List<Object>> rows = new ArrayList<>();
    for (TaskFronts task : tasks) {
      task.runs(FrontMethod.CONTROL).forEach(run -> rows.add(row(run)));
      methods.forEach(method -> task.runs(method).forEach(run -> rows.add(row(run))));
    }
    return Table.filed(
        "runs",
        "Every run: task loss over the targets' variance, idempotency error over the outputs' power, on held-out pairs.",
        List.of(
            "task",
            "method",
            "weight",
            "seed",
            "state",
            "task loss",
            "relative error",
            "power",
            "input power",
            "effective rank",
            "identity distance"),
        rows);
  }

  private static List<Object> row(FrontRun run) {
    List<Object> cells =
        new ArrayList<>(
            List.of(
                run.work().task().name(),
                run.work().method(),
                run.work().weight(),
                run.work().seed(),
                run.state()));
    run.measured()
        .ifPresentOrElse(
            found ->
                cells.addAll(
                    List.of(
                        found.taskLoss(),
                        found.report().relativeError(),
                        found.report().power(),
                        found.report().inputPower(),
                        found.report().effectiveRank(),
                        found.report().identityDistance())),
            () -> cells.addAll(List.of("", "", "", "", "", "")));
    return cells;
  }

  List<String> sentences() {
    return tasks.stream().map(this::sentence).toList();
  }

  private String sentence(TaskFronts task) {
    String best = "";
    double most = Double.NEGATIVE_INFINITY;
    for (String method : methods) {
      double median = median(task.hypervolumes(method));
      if (median > most) {
        most = median;
        best = method;
      }
    }
    String title = capitalised(task.task().title());
    if (best.isEmpty()) {
      return title + ": most runs of the task alone failed, so that there is no reference point.";
    }
    List<String> undecided = new ArrayList<>();
    for (String other : methods) {
      double[] gains = differences(task, best, other);
      if (!other.equals(best) && !clear(gains)) {
        undecided.add("%s (%s)".formatted(other, noted(gains)));
      }
    }
    String leader =
        String.format(
            Locale.ROOT,
            "%s: the largest hypervolume is that of %s, %.3f square decades (%s)",
            title,
            best,
            most,
            noted(task.hypervolumes(best)));
    return undecided.isEmpty()
        ? leader + ", above that of every other method in paired differences."
        : leader
            + ", but none dominates: the paired difference is not clear of zero against "
            + String.join(", ", undecided)
            + ".";
  }

  private static String capitalised(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  /** Whether a 95 % interval of the median lies above 0. */
  private boolean clear(double[] gains) {
    return gains.length >= LEAST_SEEDS && bootstrap.median(gains).low() > 0;
  }

  private String noted(double[] values) {
    String interval = interval(values);
    return interval.isEmpty()
        ? values.length + (values.length == 1 ? " seed, no interval" : " seeds, no interval")
        : interval;
  }
}
