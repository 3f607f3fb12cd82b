package dev.idem.cli.figure;

import dev.idem.eval.comparison.Bootstrap;
import dev.idem.eval.comparison.ComparisonResult;
import dev.idem.eval.comparison.ComparisonRun;
import dev.idem.eval.comparison.ComparisonView;
import dev.idem.eval.comparison.PairedDifference;
import dev.idem.eval.comparison.Quartiles;
import dev.idem.eval.comparison.RunTiming;
import dev.idem.eval.comparison.StrategyOutcome;
import dev.idem.eval.comparison.StrategyOutcome.CurveQuartiles;
import dev.idem.eval.comparison.StrategyOutcome.Summary;
import dev.idem.eval.figure.Table;
import dev.idem.eval.metrics.CollapseVerdict;
import dev.idem.eval.metrics.IdempotencyReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The numbers of the efficacy figure. */
final class EfficacyTables {

  private static final int RESAMPLES = 10_000;

  /**
   * One task from one start, seen at one choice of rates.
   *
   * @param task its name
   * @param start how the weights are drawn
   * @param rates which rates the view is of
   */
  record Row(
      String task, String start, String rates, ComparisonResult result, ComparisonView view) {}

  private static final String BEST = "best";

  private final List<Row> rows;
  private final Bootstrap bootstrap;

  EfficacyTables(List<Row> rows, long seed) {
    this.rows = List.copyOf(rows);
    this.bootstrap = new Bootstrap(RESAMPLES, seed);
  }

  static List<Row> rows(EfficacyTask task, String start, ComparisonResult result) {
    return List.of(
        new Row(task.name(), start, "equal", result, result.equalRate(task.equalRate())),
        new Row(task.name(), start, BEST, result, result.bestRate()));
  }

  List<Table> all() {
    return List.of(finals(), pairs(), curves(), runs(), timings());
  }

  /** Each comparison once, for what does not depend on the choice of rates. */
  private List<Row> once() {
    return rows.stream().filter(row -> row.rates().equals(BEST)).toList();
  }

  private PairedDifference paired(Row row) {
    return row.result().paired(row.view(), Methods.SUBSTITUTED, Methods.CANONICAL, bootstrap);
  }

  private Table finals() {
    List<List<Object>> cells = new ArrayList<>();
    for (Row row : rows) {
      for (StrategyOutcome outcome : row.view().outcomes()) {
        Summary summary = outcome.summary();
        cells.add(
            List.of(
                row.task(),
                row.start(),
                row.rates(),
                outcome.strategy(),
                outcome.learningRate(),
                verdicts(summary),
                summary.score().median(),
                summary.error().median(),
                quartiles(summary.error()),
                summary.powerRatio().map(Quartiles::median).orElse(Double.NaN),
                summary.relativeError().median(),
                quartiles(summary.relativeError()),
                summary.effectiveRank().map(Quartiles::median).orElse(Double.NaN)));
      }
    }
    return Table.shown(
        "final",
        "After the last step, on held-out samples: medians with quartiles over all runs, healthy or not;"
            + " the score is error / power of a healthy run and infinite for any other. Values near"
            + " 1e-14 are the rounding of single precision; differences there mean nothing.",
        List.of(
            "task",
            "start",
            "rates",
            "method",
            "rate",
            "runs",
            "median score",
            "error",
            "quartiles",
            "power / input’s",
            "error / power",
            "quartiles",
            "effective rank"),
        cells);
  }

  private Table pairs() {
    List<List<Object>> cells = new ArrayList<>();
    for (Row row : rows) {
      PairedDifference pair = paired(row);
      cells.add(
          List.of(
              row.task(),
              row.start(),
              row.rates(),
              pair.pairs(),
              pair.wins(),
              pair.losses(),
              pair.bothFailed(),
              pair.interval().isPresent() ? pair.median().orElse(Double.NaN) : Double.NaN,
              pair.interval()
                  .map(i -> shown(i.low(), "%.2f") + " to " + shown(i.high(), "%.2f"))
                  .orElse("too few healthy pairs")));
    }
    return Table.shown(
        "paired",
        "Substituted against canonical, paired by seed: log10 of the ratio of final relative errors,"
            + " below 0 where the substituted gradient is better; a run that is not healthy loses"
            + " against one that is. Bootstrap intervals of the median, nominally 95 %; of five pairs none"
            + " can cover more than 94 %, of three more than 75 %.",
        List.of(
            "task",
            "start",
            "rates",
            "pairs",
            "substituted better",
            "canonical better",
            "neither healthy",
            "median log10 ratio",
            "bootstrap interval"),
        cells);
  }

  private Table curves() {
    List<List<Object>> cells = new ArrayList<>();
    for (Row row : rows) {
      for (StrategyOutcome outcome : row.view().outcomes()) {
        for (CurveQuartiles at : outcome.curve()) {
          cells.add(
              List.of(
                  row.task(),
                  row.start(),
                  row.rates(),
                  outcome.strategy(),
                  outcome.learningRate(),
                  at.step(),
                  at.error().lower(),
                  at.error().median(),
                  at.error().upper(),
                  at.relativeError().lower(),
                  at.relativeError().median(),
                  at.relativeError().upper()));
        }
      }
    }
    return Table.filed(
        "curves",
        "The curves of every panel: quartiles over the seeds.",
        List.of(
            "task",
            "start",
            "rates",
            "method",
            "rate",
            "step",
            "error_q1",
            "error_median",
            "error_q3",
            "relative_q1",
            "relative_median",
            "relative_q3"),
        cells);
  }

  private Table runs() {
    List<List<Object>> cells = new ArrayList<>();
    for (Row row : once()) {
      for (ComparisonRun run : row.result().runs()) {
        cells.add(
            List.of(
                row.task(),
                row.start(),
                run.cell().strategy(),
                run.cell().learningRate(),
                run.cell().seed(),
                label(run.verdict()),
                run.steps(),
                run.ending(),
                run.finalError(),
                run.finalRelativeError(),
                number(run, report -> report.measurement().powerRatio()),
                number(run, IdempotencyReport::effectiveRank),
                number(run, IdempotencyReport::identityDistance),
                number(run, IdempotencyReport::fixedPointShare)));
      }
    }
    return Table.filed(
        "runs",
        "Every run: all rates, all seeds.",
        List.of(
            "task",
            "start",
            "method",
            "rate",
            "seed",
            "verdict",
            "steps",
            "ending",
            "error",
            "relative_error",
            "power_ratio",
            "effective_rank",
            "identity_distance",
            "fixed_point_share"),
        cells);
  }

  private static double number(ComparisonRun run, ToDoubleFunction<IdempotencyReport> read) {
    return run.report().map(read::applyAsDouble).orElse(Double.NaN);
  }

  private Table timings() {
    List<List<Object>> cells = new ArrayList<>();
    for (Row row : once()) {
      for (RunTiming timing : row.result().timings()) {
        for (RunTiming.Point point : timing.points()) {
          cells.add(
              List.of(
                  row.task(),
                  row.start(),
                  timing.cell().strategy(),
                  timing.cell().learningRate(),
                  timing.cell().seed(),
                  point.step(),
                  point.seconds()));
        }
      }
    }
    return Table.timings(
        "runs",
        "Training time of every run up to each evaluation.",
        List.of("task", "start", "method", "rate", "seed", "step", "seconds"),
        cells);
  }

  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    for (Row row : rows) {
      PairedDifference pair = paired(row);
      sentences.add(
          "%s, %s, %s: substituted %s; canonical %s. Of %d seeds the substituted gradient is better in %d, the canonical loss in %d; in %d neither is healthy."
              .formatted(
                  row.task(),
                  row.start(),
                  row.rates().equals(BEST) ? "best rates" : "equal rate",
                  outcome(row.view().outcome(Methods.SUBSTITUTED)),
                  outcome(row.view().outcome(Methods.CANONICAL)),
                  pair.pairs(),
                  pair.wins(),
                  pair.losses(),
                  pair.bothFailed()));
    }
    return sentences;
  }

  private static String outcome(StrategyOutcome outcome) {
    double score = outcome.summary().score().median();
    return Double.isInfinite(score)
        ? "without a majority of healthy runs (%s)".formatted(verdicts(outcome.summary()))
        : "%s error / power (%s)".formatted(shown(score, "%.1e"), verdicts(outcome.summary()));
  }

  private static String verdicts(Summary summary) {
    List<String> parts = new ArrayList<>();
    summary.verdicts().forEach((verdict, count) -> parts.add(count + " " + label(verdict)));
    return String.join(", ", parts);
  }

  private static String label(CollapseVerdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }

  private static String quartiles(Quartiles quartiles) {
    return shown(quartiles.lower(), "%.1e") + " to " + shown(quartiles.upper(), "%.1e");
  }

  private static String shown(double value, String format) {
    return Double.isInfinite(value)
        ? (value > 0 ? "∞" : "−∞")
        : String.format(Locale.ROOT, format, value);
  }
}
