package dev.idem.figures.efficacy;

import dev.idem.eval.comparison.ComparisonRun;
import dev.idem.eval.comparison.ComparisonRun.Timing;
import dev.idem.eval.comparison.StrategyOutcome;
import dev.idem.eval.comparison.StrategyOutcome.CurveQuartiles;
import dev.idem.eval.metrics.IdempotencyReport;
import dev.idem.figures.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The tables of the efficacy figure that are too long for its page. */
final class EfficacyFiles {

  private final List<EfficacyCell> cells;

  EfficacyFiles(List<EfficacyCell> cells) {
    this.cells = List.copyOf(cells);
  }

  List<Table> all() {
    return List.of(curves(), runs(), timings());
  }

  private Table curves() {
    List<List<Object>> rows = new ArrayList<>();
    for (EfficacyCell cell : cells) {
      for (EfficacyCell.Rates rates : cell.rates()) {
        for (StrategyOutcome outcome : rates.view().outcomes()) {
          for (CurveQuartiles at : outcome.curve()) {
            rows.add(curveRow(cell, rates.name(), outcome, at));
          }
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
        rows);
  }

  private static List<Object> curveRow(
      EfficacyCell cell, String rates, StrategyOutcome outcome, CurveQuartiles at) {
    return List.of(
        cell.task(),
        cell.start(),
        rates,
        outcome.strategy(),
        outcome.learningRate(),
        at.step(),
        at.error().lower(),
        at.error().median(),
        at.error().upper(),
        at.relativeError().lower(),
        at.relativeError().median(),
        at.relativeError().upper());
  }

  private Table runs() {
    List<List<Object>> rows = new ArrayList<>();
    for (EfficacyCell cell : cells) {
      for (ComparisonRun run : cell.result().runs()) {
        rows.add(
            List.of(
                cell.task(),
                cell.start(),
                run.cell().strategy(),
                run.cell().learningRate(),
                run.cell().seed(),
                EfficacyWording.label(run.verdict()),
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
        rows);
  }

  private static double number(ComparisonRun run, ToDoubleFunction<IdempotencyReport> read) {
    return run.report().map(read::applyAsDouble).orElse(Double.NaN);
  }

  private Table timings() {
    List<List<Object>> rows = new ArrayList<>();
    for (EfficacyCell cell : cells) {
      for (Timing timing : cell.result().timings()) {
        for (Timing.Point point : timing.points()) {
          rows.add(
              List.of(
                  cell.task(),
                  cell.start(),
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
        rows);
  }
}
