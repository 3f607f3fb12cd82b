package dev.idem.figures.front;

import dev.idem.eval.Quantiles.Quartiles;
import dev.idem.eval.comparison.Bootstrap;
import dev.idem.eval.comparison.Bootstrap.Interval;
import dev.idem.figures.Methods;
import dev.idem.figures.Table;
import dev.idem.figures.Table.Column;
import dev.idem.figures.front.FrontRun.Measured;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;

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
    return List.of(hypervolumes(), steps(), runs());
  }

  private List<Front> fronts() {
    List<Front> fronts = new ArrayList<>();
    for (TaskFronts task : tasks) {
      fronts.add(new Front(task, FrontMethod.CONTROL));
      methods.forEach(method -> fronts.add(new Front(task, method)));
      task.task().networks().keySet().forEach(network -> fronts.add(new Front(task, network)));
    }
    return fronts;
  }

  /** A method, or the control, on a task. */
  private record Front(TaskFronts task, String method) {}

  private Table hypervolumes() {
    return Table.shown(
        "hypervolumes",
        String.format(
            Locale.ROOT,
            "Hypervolume of each front in square decades, higher is better: medians over seeds. A"
                + " front holds the task alone too, as weight 0, so that no method falls below it."
                + " Reference point: %s times the median task loss of the task alone, and its"
                + " median idempotency error. Intervals: 95 %% bootstrap percentile intervals of"
                + " the median; with few seeds they are hardly more than the range. Against %s:"
                + " differences paired by seed. At equal quality: the lowest relative idempotency"
                + " error of a run whose task loss is at most %s times that of the task alone;"
                + " median over seeds. Task loss / control and gain are those of that run, or of a"
                + " network's only one: its task loss over the median one of the task alone, and"
                + " the root mean square of ‖f(x + d) − f(x)‖ / ‖d‖ over the samples, for a"
                + " Gaussian d of 1 %% of the inputs' root mean square; medians over seeds. Below"
                + " the strategies, which all train the plain network, other networks trained for"
                + " the task alone: '%s' has the bypass of '%s' without being idempotent; the"
                + " others are idempotent by construction, '%s' with far fewer parameters.",
            TaskFronts.REFERENCE_LOSS,
            FrontMethod.PAPER,
            TaskFronts.EQUAL_LOSS,
            Methods.BYPASS,
            Methods.EXACT,
            Methods.PROJECTION),
        fronts(),
        List.of(
            new Column<>("task", row -> row.task().task().name()),
            new Column<>("method", Front::method),
            new Column<>("seeds", row -> volumes(row).length),
            new Column<>("hypervolume", row -> median(volumes(row))),
            new Column<>("interval", row -> interval(volumes(row))),
            againstPaper("against " + FrontMethod.PAPER, FrontTables::median),
            againstPaper("its interval", this::interval),
            new Column<>("error at equal quality", row -> median(errors(row))),
            new Column<>("lowest", row -> Arrays.stream(errors(row)).min().orElse(Double.NaN)),
            new Column<>("highest", row -> Arrays.stream(errors(row)).max().orElse(Double.NaN)),
            new Column<>("task loss / control", row -> median(row.task().lossRatios(row.method()))),
            new Column<>("gain", row -> median(gains(row))),
            new Column<>("parameters", FrontTables::parameters),
            new Column<>("runs", row -> runs(row).size()),
            new Column<>("collapsed", row -> count(row, FrontRun::collapsed)),
            new Column<>("diverged", row -> count(row, FrontRun::diverged))));
  }

  private static Column<Front> againstPaper(String name, Function<double[], Object> read) {
    return new Column<>(
        name,
        row ->
            row.method().equals(FrontMethod.PAPER)
                ? ""
                : read.apply(differences(row.task(), row.method(), FrontMethod.PAPER)));
  }

  private static double[] volumes(Front front) {
    return front.task().hypervolumes(front.method());
  }

  private static double[] errors(Front front) {
    return front.task().errorsAtEqualQuality(front.method());
  }

  private static double[] gains(Front front) {
    return front.task().chosen(front.method()).stream().mapToDouble(Measured::gain).toArray();
  }

  private static long parameters(Front front) {
    FrontTask task = front.task().task();
    return task.networks().getOrDefault(front.method(), task.map()).parameterCount();
  }

  private Table steps() {
    return Table.shownTimings(
        "steps",
        "Median wall time of a training step in milliseconds, over the runs of all weights and"
            + " seeds, and in that of the task alone: wall times of this machine, with as many runs"
            + " at a time as there are threads, which differ from run to run.",
        fronts(),
        List.of(
            new Column<>("task", row -> row.task().task().name()),
            new Column<>("method", Front::method),
            new Column<>("milliseconds", FrontTables::milliseconds),
            new Column<>(
                "in that of the task alone",
                row ->
                    milliseconds(row) / milliseconds(new Front(row.task(), FrontMethod.CONTROL)))));
  }

  private static double milliseconds(Front front) {
    return median(runs(front).stream().mapToDouble(FrontRun::stepMilliseconds).toArray());
  }

  private static List<FrontRun> runs(Front front) {
    return front.task().runs(front.method());
  }

  private static long count(Front front, Predicate<FrontRun> which) {
    return runs(front).stream().filter(which).count();
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
    List<FrontRun> rows = new ArrayList<>();
    for (TaskFronts task : tasks) {
      rows.addAll(task.runs(FrontMethod.CONTROL));
      methods.forEach(method -> rows.addAll(task.runs(method)));
      task.task().networks().keySet().forEach(network -> rows.addAll(task.runs(network)));
    }
    return Table.filed(
        "runs",
        "Every run: task loss over the targets' variance, idempotency error over the outputs'"
            + " variance and over their power, and the gain, on held-out pairs.",
        rows,
        List.of(
            new Column<>("task", run -> run.work().task().name()),
            new Column<>("method", run -> run.work().method()),
            new Column<>("weight", run -> run.work().weight()),
            new Column<>("seed", run -> run.work().seed()),
            new Column<>("state", FrontRun::state),
            measured("task loss", Measured::taskLoss),
            measured("error / variance", found -> found.report().errorOverVariance()),
            measured("relative error", found -> found.report().relativeError()),
            measured("power", found -> found.report().power()),
            measured("input power", found -> found.report().inputPower()),
            measured("effective rank", found -> found.report().effectiveRank()),
            measured("identity distance", found -> found.report().identityDistance()),
            measured("gain", Measured::gain)));
  }

  /** Empty for a diverged run. */
  private static Column<FrontRun> measured(String name, Function<Measured, Object> read) {
    return new Column<>(name, run -> run.measured().map(read).orElse(""));
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
            "%s: of the strategies the largest hypervolume is that of %s, %.3f square decades (%s)",
            title,
            best,
            most,
            noted(task.hypervolumes(best)));
    return undecided.isEmpty()
        ? leader + ", above that of every other strategy in paired differences."
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
