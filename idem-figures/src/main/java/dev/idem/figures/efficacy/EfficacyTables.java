package dev.idem.figures.efficacy;

import dev.idem.api.strategy.Strategies;
import dev.idem.eval.Quantiles.Quartiles;
import dev.idem.eval.comparison.Bootstrap;
import dev.idem.eval.comparison.ComparisonResult;
import dev.idem.eval.comparison.ComparisonRun;
import dev.idem.eval.comparison.PairedDifference;
import dev.idem.eval.comparison.StrategyOutcome;
import dev.idem.eval.comparison.StrategyOutcome.CurveQuartiles;
import dev.idem.eval.comparison.StrategyOutcome.Summary;
import dev.idem.eval.metrics.IdempotencyReport;
import dev.idem.figures.Table;
import dev.idem.figures.Table.Column;
import dev.idem.figures.efficacy.EfficacyFigure.Cell;
import dev.idem.figures.efficacy.EfficacyFigure.Rates;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The tables of the efficacy figure: three that its page shows, three too long for it. */
final class EfficacyTables {

  private static final int RESAMPLES = 10_000;

  /** A method in a cell, at one of the two choices of rates. */
  private record Outcome(Cell cell, String rates, StrategyOutcome of) {}

  /** Two methods in a cell, paired by seed. */
  private record Pair(
      Cell cell, String rates, String method, String against, PairedDifference difference) {}

  private record CurvePoint(Outcome outcome, CurveQuartiles at) {}

  private record Run(Cell cell, ComparisonRun of) {}

  private record Timing(Cell cell, ComparisonRun.Timing run, ComparisonRun.Timing.Point at) {}

  private final List<Cell> cells;
  private final Bootstrap bootstrap;

  EfficacyTables(List<Cell> cells, long seed) {
    this.cells = List.copyOf(cells);
    this.bootstrap = new Bootstrap(RESAMPLES, seed);
  }

  /** Those that the page shows. */
  List<Table> shown() {
    return List.of(overview(), finals(), pairs());
  }

  /** Those that are files alone. */
  List<Table> filed() {
    return List.of(curves(), runs(), timings());
  }

  /** One line per cell, one column per method. */
  private Table overview() {
    List<Column<Cell>> columns = new ArrayList<>();
    columns.add(new Column<>("task", Cell::task));
    columns.add(new Column<>("start", Cell::start));
    for (String method : cells.get(0).methods()) {
      columns.add(new Column<>(method, cell -> standing(cell.best().outcome(method).summary())));
    }
    columns.add(
        new Column<>(
            "leading",
            cell -> {
              List<String> leaders = EfficacyRanking.of(cell.best()).leaders();
              return leaders.isEmpty() ? "none" : String.join(", ", leaders);
            }));
    return Table.shown(
        "overview",
        "Each method at its best rate: the median score (a dash where no majority of runs is"
            + " healthy), how many runs are healthy, how many diverged. Leading: the lowest median"
            + " score, and those that it does not beat in more seeds than it loses; scores below"
            + " 1e-12 are rounding and count as equal.",
        cells,
        columns);
  }

  private static String standing(Summary summary) {
    double score = summary.score().median();
    return "%s; %s of %s, %s diverged"
        .formatted(
            Double.isInfinite(score) ? "–" : EfficacySentences.shown(score, "%.1e"),
            summary.healthy(),
            summary.runs(),
            summary.diverged());
  }

  private Table finals() {
    List<Outcome> rows = new ArrayList<>();
    for (Cell cell : cells) {
      for (Rates rates : cell.rates()) {
        List<StrategyOutcome> outcomes =
            rates.name().equals("best") ? rates.view().outcomes() : rates.ofPaper();
        outcomes.forEach(outcome -> rows.add(new Outcome(cell, rates.name(), outcome)));
      }
    }
    return Table.shown(
        "final",
        "After the last step, on held-out samples: medians with quartiles over all runs, healthy or"
            + " not; the score is error / variance of a healthy run and infinite for any other. Values"
            + " near 1e-14 are the rounding of single precision; differences there mean nothing.",
        rows,
        List.of(
            new Column<>("task", row -> row.cell().task()),
            new Column<>("start", row -> row.cell().start()),
            new Column<>("rates", Outcome::rates),
            new Column<>("method", row -> row.of().strategy()),
            new Column<>("rate", row -> row.of().learningRate()),
            new Column<>("runs", row -> EfficacySentences.verdicts(row.of().summary())),
            new Column<>("median score", row -> row.of().summary().score().median()),
            new Column<>("error", row -> row.of().summary().error().median()),
            new Column<>(
                "quartiles", row -> EfficacySentences.quartiles(row.of().summary().error())),
            new Column<>(
                "error / variance", row -> row.of().summary().errorOverVariance().median()),
            new Column<>(
                "quartiles",
                row -> EfficacySentences.quartiles(row.of().summary().errorOverVariance())),
            new Column<>("power / input’s", row -> median(row.of().summary().powerRatio())),
            new Column<>("error / power", row -> row.of().summary().relativeError().median()),
            new Column<>("effective rank", row -> median(row.of().summary().effectiveRank()))));
  }

  private static double median(Optional<Quartiles> quartiles) {
    return quartiles.map(Quartiles::median).orElse(Double.NaN);
  }

  private Table pairs() {
    List<Pair> rows = new ArrayList<>();
    for (Cell cell : cells) {
      rows.add(pair(cell, "equal", cell.equal(), Strategies.SUBSTITUTED, Strategies.CANONICAL));
      for (EfficacySentences.Question question : EfficacySentences.questions(cell.methods())) {
        rows.add(pair(cell, "best", cell.best(), question.method(), question.against()));
      }
    }
    return Table.shown(
        "paired",
        "One method against another, paired by seed: log10 of the ratio of final error / variance,"
            + " below 0 where the first is better; a run that is not healthy loses against one that"
            + " is. Bootstrap intervals of the median, nominally 95 %; of five pairs none can cover"
            + " more than 94 %, of three more than 75 %.",
        rows,
        List.of(
            new Column<>("task", row -> row.cell().task()),
            new Column<>("start", row -> row.cell().start()),
            new Column<>("rates", Pair::rates),
            new Column<>("method", Pair::method),
            new Column<>("against", Pair::against),
            new Column<>("pairs", row -> row.difference().pairs()),
            new Column<>("better", row -> row.difference().wins()),
            new Column<>("worse", row -> row.difference().losses()),
            new Column<>("neither healthy", row -> row.difference().bothFailed()),
            new Column<>(
                "median log10 ratio",
                row ->
                    row.difference().interval().isPresent()
                        ? row.difference().median().orElse(Double.NaN)
                        : Double.NaN),
            new Column<>("bootstrap interval", row -> interval(row.difference()))));
  }

  private Pair pair(
      Cell cell, String rates, ComparisonResult.View view, String method, String against) {
    return new Pair(
        cell, rates, method, against, cell.result().paired(view, method, against, bootstrap));
  }

  private static String interval(PairedDifference difference) {
    return difference
        .interval()
        .map(
            i ->
                EfficacySentences.shown(i.low(), "%.2f")
                    + " to "
                    + EfficacySentences.shown(i.high(), "%.2f"))
        .orElse("too few healthy pairs");
  }

  private Table curves() {
    List<CurvePoint> rows = new ArrayList<>();
    for (Cell cell : cells) {
      for (Rates rates : cell.rates()) {
        for (StrategyOutcome outcome : rates.view().outcomes()) {
          Outcome of = new Outcome(cell, rates.name(), outcome);
          outcome.curve().forEach(at -> rows.add(new CurvePoint(of, at)));
        }
      }
    }
    return Table.filed(
        "curves",
        "The curves of every panel: quartiles over the seeds.",
        rows,
        List.of(
            new Column<>("task", row -> row.outcome().cell().task()),
            new Column<>("start", row -> row.outcome().cell().start()),
            new Column<>("rates", row -> row.outcome().rates()),
            new Column<>("method", row -> row.outcome().of().strategy()),
            new Column<>("rate", row -> row.outcome().of().learningRate()),
            new Column<>("step", row -> row.at().step()),
            new Column<>("error_q1", row -> row.at().error().lower()),
            new Column<>("error_median", row -> row.at().error().median()),
            new Column<>("error_q3", row -> row.at().error().upper()),
            new Column<>("error_over_variance_q1", row -> row.at().errorOverVariance().lower()),
            new Column<>(
                "error_over_variance_median", row -> row.at().errorOverVariance().median()),
            new Column<>("error_over_variance_q3", row -> row.at().errorOverVariance().upper()),
            new Column<>("relative_q1", row -> row.at().relativeError().lower()),
            new Column<>("relative_median", row -> row.at().relativeError().median()),
            new Column<>("relative_q3", row -> row.at().relativeError().upper())));
  }

  private Table runs() {
    List<Run> rows = new ArrayList<>();
    for (Cell cell : cells) {
      cell.result().runs().forEach(run -> rows.add(new Run(cell, run)));
    }
    return Table.filed(
        "runs",
        "Every run: all rates, all seeds.",
        rows,
        List.of(
            new Column<>("task", row -> row.cell().task()),
            new Column<>("start", row -> row.cell().start()),
            new Column<>("method", row -> row.of().cell().strategy()),
            new Column<>("rate", row -> row.of().cell().learningRate()),
            new Column<>("seed", row -> row.of().cell().seed()),
            new Column<>("verdict", row -> EfficacySentences.label(row.of().verdict())),
            new Column<>("steps", row -> row.of().steps()),
            new Column<>("ending", row -> row.of().ending()),
            new Column<>("error", row -> row.of().finalError()),
            new Column<>("error_over_variance", row -> row.of().finalErrorOverVariance()),
            new Column<>("relative_error", row -> row.of().finalRelativeError()),
            reported("power_ratio", report -> report.measurement().powerRatio()),
            reported("effective_rank", IdempotencyReport::effectiveRank),
            reported("identity_distance", IdempotencyReport::identityDistance),
            reported("fixed_point_share", IdempotencyReport::fixedPointShare)));
  }

  private static Column<Run> reported(String name, ToDoubleFunction<IdempotencyReport> read) {
    return new Column<>(name, run -> run.of().report().map(read::applyAsDouble).orElse(Double.NaN));
  }

  private Table timings() {
    List<Timing> rows = new ArrayList<>();
    for (Cell cell : cells) {
      for (ComparisonRun.Timing run : cell.result().timings()) {
        run.points().forEach(at -> rows.add(new Timing(cell, run, at)));
      }
    }
    return Table.timings(
        "runs",
        "Training time of every run up to each evaluation.",
        rows,
        List.of(
            new Column<>("task", row -> row.cell().task()),
            new Column<>("start", row -> row.cell().start()),
            new Column<>("method", row -> row.run().cell().strategy()),
            new Column<>("rate", row -> row.run().cell().learningRate()),
            new Column<>("seed", row -> row.run().cell().seed()),
            new Column<>("step", row -> row.at().step()),
            new Column<>("seconds", row -> row.at().seconds())));
  }
}
